import { createServer } from 'node:http';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';

/** Stands for an OpenTelemetry collector (OTLP over HTTP). */
export interface TraceReceiver {
  readonly url: string;
  /** Addresses, headers and unpacked bodies of all that came. */
  received(): Buffer;
  close(): Promise<void>;
}

export async function startTraceReceiver(): Promise<TraceReceiver> {
  const received: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const unpacked = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      received.push(Buffer.from(`${request.url}\n${request.rawHeaders.join('\n')}\n`), unpacked);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the trace receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received: () => Buffer.concat(received),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
