import type { Api } from './api.js';
import { CALLERS } from './leak-stage.js';
import type { Receiver } from './receiver.js';
import { ok, until } from './tenant.js';

const marker = (number: number): string => CALLERS.marker(number);

/** Somebody is told of everything, by stages' names too, who answers with more than we want to know: first a refusal, then acceptance. */
export async function subscribe(api: Api, receiver: Receiver): Promise<void> {
  let answered = 0;
  receiver.answering = (_received, response) => {
    response.writeHead(answered++ === 1 ? 503 : 200, marker(40), { 'x-told': marker(41) }).end(marker(42));
  };
  const { id } = ok(await api.post('/v1/subscriptions', { url: receiver.url, types: ['*'], stageName: '*' })).body;
  ok(await api.post(`/v1/subscriptions/${id}/test`));
  await api.post('/v1/subscriptions', { url: `https://user:${marker(43)}@hooks.example/${marker(44)}`, types: ['*'] });
  await api.post('/v1/subscriptions', { url: `ftp://${marker(45)}.example/`, types: [marker(46)] });
}

/** Once something has been delivered after the refusal. */
export async function readDeliveries(api: Api, receiver: Receiver): Promise<void> {
  await until(async () => (receiver.received.length > 30 ? true : null));
  for (const { id } of (await api.get('/v1/subscriptions')).body.data)
    for (const path of [`/v1/subscriptions/${id}`, `/v1/subscriptions/${id}/deliveries`, '/v1/events']) await api.get(path);
}
