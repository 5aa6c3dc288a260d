import { Matches, ValidateBy, type ValidationOptions } from 'class-validator';
import { applyDecorators } from '@nestjs/common';

const UTC_TIME = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;

/** A day that the calendar has: JavaScript would take 30 February for 2 March. */
function isOnCalendar(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value.slice(0, 10));
}

/** RFC 3339 in UTC, with a `Z`: every other notation is refused rather than guessed. */
export const IsUtcTime = (options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(Matches(UTC_TIME, options), ValidateBy({ name: 'isOnCalendar', validator: { validate: isOnCalendar } }, options));
