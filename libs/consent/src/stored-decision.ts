import { CONSENT_KINDS, OUTWARD, RESOURCES } from '#libs/model';
import { type Decision, NOT_UNDERSTOOD } from './decision.js';
import { REASONS } from './reasons.js';
import { isListOf, isObject, isOneOf, isText, isTime } from './shape.js';

const isResources = isListOf(isOneOf(RESOURCES));
const isOutwards = isListOf(isOneOf(OUTWARD));
const isReasons = isListOf(isOneOf(REASONS));
const isTexts = isListOf(isText);
const isRefusal = isOneOf(CONSENT_KINDS);

const isNull = (value: unknown): value is null => value === null;

/** Reads a decision that was kept as JSON beside the gate. Anything but a whole one is closed. */
export function readDecision(stored: unknown): Decision {
  if (!isObject(stored)) return NOT_UNDERSTOOD;
  const { open, read, write, subProcessors, reasons, refusal, documentVersion, nextChangeAt } = stored;
  if (typeof open !== 'boolean' || !isResources(read) || !isOutwards(write) || !isTexts(subProcessors)) return NOT_UNDERSTOOD;
  if (!isReasons(reasons) || !(isNull(refusal) || isRefusal(refusal)) || open !== isNull(refusal)) return NOT_UNDERSTOOD;
  if (!(isNull(documentVersion) || isText(documentVersion)) || !(isNull(nextChangeAt) || isTime(nextChangeAt))) return NOT_UNDERSTOOD;
  const changesAt = isNull(nextChangeAt) ? null : new Date(nextChangeAt);
  return { open, read, write, subProcessors, reasons, refusal, documentVersion, nextChangeAt: changesAt };
}
