import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createOutside, OutsideRefused } from './send-outside.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function startReceiver(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

const body = '{"a":1}';
const headers = { 'content-type': 'application/json' };

async function refusal(post: Promise<unknown>): Promise<string> {
  const error = await post.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(OutsideRefused);
  return error instanceof Error ? error.message : '';
}

test('a name is asked for once, and the connection goes to the address that was checked', async () => {
  const seen: IncomingMessage[] = [];
  const port = await startReceiver((request, answer) => {
    seen.push(request);
    request.resume();
    answer.writeHead(204).end();
  });
  const asked: string[] = [];
  const outside = createOutside({
    allowHosts: ['hooks.example.org'],
    // A second answer would lead elsewhere, as a rebinding name server does it.
    resolve: (hostname) => Promise.resolve(asked.push(hostname) === 1 ? ['127.0.0.1'] : ['192.0.2.1']),
  });
  expect(await outside.post({ url: `http://hooks.example.org:${port}/a?b=c`, headers, body })).toEqual({ status: 204 });
  expect(asked).toEqual(['hooks.example.org']);
  expect([seen[0]?.headers.host, seen[0]?.url, seen[0]?.method]).toEqual([`hooks.example.org:${port}`, '/a?b=c', 'POST']);
});

const private4 = ['127.0.0.1'];
const mixed = ['8.8.8.8', '10.0.0.1'];
const table = [
  // address                          resolved      why
  ['https://127.0.0.1/', [], 'no public address'],
  ['https://0x7f.1:8443/', [], 'no public address'],
  ['https://[::ffff:127.0.0.1]/', [], 'no public address'],
  ['https://[64:ff9b::10.0.0.1]/', [], 'no public address'],
  ['https://localhost/', private4, 'no public address'],
  ['https://a.localhost./', private4, 'no public address'],
  ['https://metadata.google.internal/', private4, 'no public address'],
  ['https://rebind.example.org/', private4, 'not public'],
  ['https://mixed.example.org/', mixed, 'not public'],
  ['https://mapped.example.org/', ['::ffff:169.254.169.254'], 'not public'],
  ['https://nowhere.example.org/', [], 'has no address'],
  ['http://example.org/', ['8.8.8.8'], 'https://'],
  ['ftp://example.org/', ['8.8.8.8'], 'https://'],
  ['file:///etc/passwd', [], 'https://'],
  ['not an address', [], 'https://'],
  ['https://me:secret@example.org/', ['8.8.8.8'], 'password'],
] as const;

test.each(table)('%s, which resolves to %j, is refused: %s', async (url, resolved, why) => {
  const outside = createOutside({ allowHosts: ['127.0.0.1:1', 'other.example.org'], resolve: () => Promise.resolve(resolved) });
  expect(await refusal(outside.post({ url, headers, body }))).toContain(why);
});

test('a redirect is an answer like any other: it is not followed', async () => {
  let inside = 0;
  const secret = await startReceiver((_request, answer) => {
    inside += 1;
    answer.end();
  });
  const port = await startReceiver((_request, answer) => answer.writeHead(307, { location: `http://127.0.0.1:${secret}/` }).end());
  const outside = createOutside({ allowHosts: [`127.0.0.1:${port}`] });
  expect(await outside.post({ url: `http://127.0.0.1:${port}/`, headers, body })).toEqual({ status: 307 });
  expect(inside).toBe(0);
});

test('an exception with a port is one for that port only; one with a dot is for the names below', () => {
  const outside = createOutside({ allowHosts: ['127.0.0.1:9000', '.example.net', '[::1]'] });
  expect(outside.faultOf('http://127.0.0.1:9000/x')).toBeNull();
  expect(outside.faultOf('http://127.0.0.1:9001/x')).toContain('https://');
  expect(outside.faultOf('https://127.0.0.1:9001/x')).toContain('no public address');
  expect(outside.faultOf('http://a.example.net/')).toBeNull();
  expect(outside.faultOf('http://[::1]:80/')).toBeNull();
  expect(outside.faultOf('https://hooks.example.org/x')).toBeNull();
  expect(createOutside({ allowHosts: ['*'] }).faultOf('http://10.0.0.1/')).toBeNull();
});

test('a receiver that says nothing is given up', async () => {
  const port = await startReceiver(() => undefined);
  const outside = createOutside({ allowHosts: ['127.0.0.1'], timeoutMs: 50 });
  await expect(outside.post({ url: `http://127.0.0.1:${port}/`, headers, body })).rejects.toThrow('No answer within 0.05 s.');
});
