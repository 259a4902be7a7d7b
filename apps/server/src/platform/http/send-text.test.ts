import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { packingFor, sendText } from './send-text.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=1.0', 'gzip'],
  ['br; q=0.0, gzip;q=0', null],
  ['*', 'gzip'],
  ['identity', null],
  ['', null],
  [undefined, null],
])('%s is answered with %s', (accepted, packing) => {
  expect(packingFor(accepted)).toBe(packing);
});

const long = '{"text":"Grüße"}'.repeat(100);
const short = '{"text":"Grüße"}';

test.each([
  ['br', long, (bytes: Buffer) => brotliDecompressSync(bytes).toString('utf8')],
  ['gzip', long, (bytes: Buffer) => gunzipSync(bytes).toString('utf8')],
])('a long text is packed as %s and unpacks to itself', async (accepted, text, unpack) => {
  const answer = await answered(text, accepted);

  expect(answer.headers['content-encoding']).toBe(accepted);
  expect(answer.headers['vary']).toBe('accept-encoding');
  expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length));
  expect(unpack(answer.rawPayload)).toBe(text);
});

test.each([
  ['br', short],
  ['identity', long],
])('for %s it stays as it is', async (accepted, text) => {
  const answer = await answered(text, accepted);

  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.body).toBe(text);
});

async function answered(text: string, accepted: string) {
  const app = fastify();
  app.get('/', (_request, reply) => sendText(reply, text));
  try {
    return await app.inject({ url: '/', headers: { 'accept-encoding': accepted } });
  } finally {
    await app.close();
  }
}
