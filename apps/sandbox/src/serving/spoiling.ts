import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Befalling } from './faults.js';

export interface Served {
  readonly status: number;
  readonly body: Buffer;
}

export const isDropped = (failures: readonly Befalling[]): boolean => failures.some(({ kind }) => kind === 'drop');

/** Hangs up without an answer. */
export function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/** Sends an answer, spoiled by the faults that spoil a finished one. */
export function send(reply: FastifyReply, { status, body }: Served, failures: readonly Befalling[]): void {
  reply.code(status);
  const spoiling = failures.find(({ kind }) => kind === 'cut' || kind === 'broken-json' || kind === 'huge');
  if (spoiling === undefined) reply.send(body);
  else if (spoiling.kind === 'huge') reply.send(Readable.from(padded(body, spoiling.bytes)));
  else if (spoiling.kind === 'broken-json') reply.send(Buffer.concat([body.subarray(0, body.length >> 1), Buffer.from(']}')]));
  else cut(reply, status, body);
}

/** JSON still, but for its size: blanks up to the end. */
function* padded(body: Buffer, bytes: number): Generator<Buffer> {
  const blanks = Buffer.alloc(65_536, ' ');
  yield body;
  for (let sent = body.length; sent < bytes; sent += blanks.length) yield blanks;
}

/** Announces all of the body, sends half of it and hangs up. */
function cut(reply: FastifyReply, status: number, bytes: Buffer): void {
  reply.hijack();
  reply.raw.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length });
  reply.raw.write(bytes.subarray(0, bytes.length >> 1), () => reply.raw.destroy());
}

export function htmlBody(marker: string): Buffer {
  return Buffer.from(`<html><body><h1>Service Unavailable</h1><p>${marker}</p></body></html>`);
}
