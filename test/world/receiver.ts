import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A post as it came in. */
export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test states what it expects of a body by asserting it
  readonly body: any;
  readonly atMs: number;
}

export type Answering = (received: Received, response: ServerResponse) => void;

const taking: Answering = (_received, response) => void response.writeHead(204).end();

/** Whoever subscribes: an HTTP server on this machine that keeps what it is posted, and answers as a test says. */
export class Receiver {
  readonly received: Received[] = [];
  answering: Answering = taking;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${portOf(server)}/hook`);
    server.on('request', (request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        const headers = textsOf(request.headers);
        const received = { id: headers['webhook-id'] ?? '', headers, text, body: JSON.parse(text), atMs: performance.now() };
        receiver.received.push(received);
        receiver.answering(received, response);
      });
    });
    return receiver;
  }

  /** Takes what comes, from now on. */
  take(): void {
    this.answering = taking;
  }

  /** Answers with a status, from now on. */
  answer(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.answering = (_received, response) => void response.writeHead(status, headers).end();
  }

  /** Answers nothing at all, from now on. */
  fallSilent(): void {
    this.answering = () => undefined;
  }

  ids = (): readonly string[] => this.received.map(({ id }) => id);

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function portOf(server: Server): number {
  const address = server.address() satisfies AddressInfo | string | null;
  if (address === null || typeof address === 'string') throw new Error('the receiver does not listen');
  return address.port;
}

const textsOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
