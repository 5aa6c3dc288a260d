/**
 * Loaded before a gateway: a process that is killed once it has sent so many statements and requests (DIE_AT) since it took up a result. What it has
 * sent by then arrives; no answer is heard any more. The task queue's own statements do not count.
 */
import { Socket } from 'node:net';

const dieAt = Number(process.env['DIE_AT']);
const write = Socket.prototype.write;
let count = 0;
let isClaimed = false;

/** The end of a statement in PostgreSQL's protocol (Query, Sync), or the head of a request. */
const isWhole = (text) => /^(Q(?!.{4}[^]*\btask\.)|S|(GET|POST|PUT|PATCH) )/s.test(text);

Socket.prototype.write = function countedWrite(...given) {
  const text = Buffer.isBuffer(given[0]) ? given[0].toString('latin1') : String(given[0]);
  const written = write.apply(this, given);
  isClaimed ||= text.includes('update result_delivery d set state');
  if (isClaimed && isWhole(text)) count += 1;
  if (count === dieAt) process.kill(process.pid, 'SIGKILL');
  return written;
};
