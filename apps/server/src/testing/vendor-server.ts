/** A vendor on this machine: answers by path and query as a test says, over HTTP and WebSocket, and keeps what it was asked. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

export interface VendorAnswer {
  /** 200 when left out. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, other things as JSON. */
  readonly body?: unknown;
}

/** What is answered to a question; `hang` never answers, `cut` breaks the connection. */
export type VendorRule = (url: URL) => VendorAnswer | 'hang' | 'cut' | undefined;

export interface VendorServer {
  readonly url: string;
  readonly socketUrl: string;
  /** Paths and queries in the order asked. */
  readonly asked: readonly URL[];
  /** From now on. A question without an answer is 404. */
  answer(rule: VendorRule): void;
  /** The sockets that are open, the newest last. */
  readonly sockets: readonly WebSocket[];
  /** What sockets were sent. */
  readonly heard: readonly string[];
  /** Resolves once somebody has connected and said this many things in all. */
  untilHeard(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startVendorServer(rule: VendorRule = () => undefined): Promise<VendorServer> {
  let answering = rule;
  const asked: URL[] = [];
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.push(url);
    send(response, answering(url));
  });
  const sockets: WebSocket[] = [];
  const heard: string[] = [];
  const wake: (() => void)[] = [];
  new WebSocketServer({ server: http }).on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (content: Buffer) => {
      heard.push(content.toString('utf8'));
      wake.splice(0).forEach((go) => go());
    });
    socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async () => {
    for (const socket of sockets) socket.terminate();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    socketUrl: `ws://127.0.0.1:${port}`,
    asked,
    answer: (next) => (answering = next),
    sockets,
    heard,
    untilHeard: async (count) => {
      while (heard.length < count) await new Promise<void>((resolve) => wake.push(resolve));
    },
    close,
  };
}

/** The same, closed when the test ends. */
export async function vendorServerOfTest(rule?: VendorRule): Promise<VendorServer> {
  const server = await startVendorServer(rule);
  onTestFinished(() => server.close());
  return server;
}

function send(response: ServerResponse, answer: ReturnType<VendorRule>): void {
  if (answer === 'hang') return;
  if (answer === 'cut') return void response.destroy();
  const { status = 200, headers = {}, body = '' } = answer ?? { status: 404, body: { error: 'nothing here' } };
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
