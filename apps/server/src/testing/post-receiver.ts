/** A server of somebody else that posts are sent to: answers 204 unless it was told otherwise. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export interface ReceivedPost {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type PostReceiver = Awaited<ReturnType<typeof startPostReceiver>>;

export async function startPostReceiver() {
  const posts: ReceivedPost[] = [];
  let status = 204;
  const server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      posts.push({ headers: request.headers, body: Buffer.concat(parts) });
      answer.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  return {
    posts,
    url: `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/hook`,
    answer: (next: number) => void (status = next),
    close: () => server.close(),
  };
}
