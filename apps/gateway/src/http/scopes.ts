import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiOperation } from '@nestjs/swagger';
import type { Scope } from './principal.js';

export const SCOPES_KEY = 'scopes';

/** What a route asks of a caller: any one of these scopes. */
export const Scopes = (...scopes: [Scope, ...Scope[]]) =>
  applyDecorators(SetMetadata(SCOPES_KEY, scopes), ApiExtension('x-scopes', scopes));

/** A route that anybody may call. */
export const Public = () => SetMetadata(SCOPES_KEY, []);

/** One line of documentation for a route. */
export const Does = (summary: string, description?: string) =>
  ApiOperation(description === undefined ? { summary } : { summary, description });
