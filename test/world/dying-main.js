/**
 * Loaded before a gateway: a process that is killed once it has sent so many statements and requests (DIE_AT) since a statement that holds a text
 * (DIE_SINCE; of old, that which takes up a result). What it has sent by then arrives, but for a statement with values: that was the one to come. No
 * answer is heard any more. The task queue's own statements do not count.
 */
import { Socket } from 'node:net';

const dieAt = Number(process.env['DIE_AT']);
const since = process.env['DIE_SINCE'] ?? 'update result_delivery d set state';
const write = Socket.prototype.write;
let count = 0;
let hasBegun = false;

/** The end of a statement in PostgreSQL's protocol (Query, Sync), or the head of a request. */
const isWhole = (text) => /^(Q(?!.{4}[^]*\btask\.)|S|(GET|POST|PUT|PATCH) )/s.test(text);

Socket.prototype.write = function countedWrite(...given) {
  const text = Buffer.isBuffer(given[0]) ? given[0].toString('latin1') : String(given[0]);
  const written = write.apply(this, given);
  hasBegun ||= text.includes(since);
  if (hasBegun && isWhole(text)) count += 1;
  if (count === dieAt) process.kill(process.pid, 'SIGKILL');
  return written;
};
