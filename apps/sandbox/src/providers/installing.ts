import { randomUUID } from 'node:crypto';
import { ControlError, type Body } from '../control/checked.js';
import type { Connection } from './installation.js';

/** What may stand in an address and a link as it is. */
const CANARY = /^[A-Za-z0-9-]{4,64}$/;

export const UNCONNECTED: Connection = { baseUrl: '', partnerKey: '', canary: null, wrongKey: false, wrongSignature: false, repeats: 1 };

/** What is not named stays as it was. */
export function readConnection(body: Body, before: Connection): Connection {
  const canary = body.nullableText('canary', CANARY);
  return {
    baseUrl: body.text('baseUrl', /^https?:\/\/[^\s]{1,500}[^\s/]$/) ?? before.baseUrl,
    partnerKey: body.text('partnerKey', /^[\x21-\x7e]{1,2000}$/) ?? before.partnerKey,
    canary: canary === undefined ? before.canary : canary,
    wrongKey: body.boolean('wrongKey') ?? before.wrongKey,
    wrongSignature: body.boolean('wrongSignature') ?? before.wrongSignature,
    repeats: body.integer('repeats', 1, 100) ?? before.repeats,
  };
}

/** The activation form; `default_key` without a value gets one, which the customer then pastes at the partner (Teamtailor, tt-partner-docs of 2026-06-11). */
export function readForm(body: Body): Readonly<Record<string, string>> | null {
  const given = body.object('form');
  if (given === undefined) return null;
  return Object.fromEntries(Object.entries(given).map(([id, value]): [string, string] => [id, fieldOf(id, value)]));
}

function fieldOf(id: string, value: unknown): string {
  if (id === 'default_key' && value === null) return randomUUID();
  if (typeof value !== 'string') throw new ControlError('form must have text for each field');
  return value;
}
