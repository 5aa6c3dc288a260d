import { createHmac, randomBytes } from 'node:crypto';
import autocannon, { type Request } from 'autocannon';
import type { LoadOptions, LoadResult } from './load-options.js';

/** One load on one server, from a process of its own. */
async function run(options: LoadOptions): Promise<LoadResult> {
  const { url, headers, connections, seconds, rate, paths, webhooksOf } = options;
  const { requests, latency, duration, non2xx, errors, timeouts } = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(rate === null ? {} : { overallRate: rate }),
    headers: { ...headers },
    requests: webhooksOf === null ? paths.map((path): Request => ({ method: 'GET', path })) : [webhook(paths, webhooksOf)],
  });
  return {
    answered: requests.total,
    requestsPerSecond: requests.total / duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    failures: non2xx + errors + timeouts,
  };
}

function webhook([path = '/']: readonly string[], { integrationIds, secret }: NonNullable<LoadOptions['webhooksOf']>): Request {
  let sent = 0;
  const next = () => integrationIds[sent++ % integrationIds.length] ?? '';
  return {
    setupRequest: (request) => {
      const body = JSON.stringify({
        id: randomBytes(12).toString('hex').replaceAll('0', 'z'),
        type: 'data-changed',
        data: {
          integration_id: next(),
          integration_tool: 'sandbox',
          integration_category: 'ATS',
          changed_models: [{ name: 'ats_candidates' }, { name: 'ats_applications' }],
        },
      });
      const signature = createHmac('sha256', secret).update(body).digest('base64url');
      const headers = { ...request.headers, 'content-type': 'application/json', 'x-kombo-signature': signature };
      return { ...request, method: 'POST', path, body, headers };
    },
  };
}

const options: LoadOptions = JSON.parse(process.env['LOAD'] ?? '');
console.log(JSON.stringify(await run(options)));
