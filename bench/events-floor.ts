import { Agent, request } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** Signed posts with nothing around them: no feed, no order, nothing written down. Prints how many a second. */
const url = process.env['RECEIVER_URL'] ?? '';
const count = Number(process.env['COUNT']);
const AT_ONCE = 16;

const webhook = new Webhook(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const agent = new Agent({ keepAlive: true });

function post(number: number): Promise<void> {
  const at = new Date();
  const id = `evt_${number}`;
  const data = { id, type: 'candidate.updated', tenantId: '0', recordId: '0', fields: ['lastName'], at: at.toISOString() };
  const body = JSON.stringify({ type: data.type, timestamp: data.at, data });
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': webhook.sign(id, at, body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers });
    sent.on('response', (response) => response.resume().on('end', resolve));
    sent.on('error', reject);
    sent.end(body);
  });
}

let next = 0;
const startedMs = performance.now();
const work = async () => {
  while (next < count) await post(next++);
};
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(JSON.stringify({ perSecond: (count * 1000) / (performance.now() - startedMs) }));
process.exit(0);
