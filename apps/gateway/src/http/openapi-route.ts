import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ErrorKind } from '#libs/model';
import type { Schema } from './openapi-schema.js';

/** What a route's decorators leave for `completeOperation`. */
export const ANSWER = 'x-answer';
export const ERRORS = 'x-errors';

/** The body that a route answers with; its status is the one that Nest sends. */
export const Answers = (schema: Schema): MethodDecorator => applyDecorators(ApiExtension(ANSWER, schema));

/** How a route can fail beyond what any route of its shape can. */
export const Fails = (...kinds: readonly ErrorKind[]): MethodDecorator => applyDecorators(ApiExtension(ERRORS, kinds));
