import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { readSentryDsn, sentryReports } from './index.ts';
import type { ErrorReport } from './index.ts';

const report: ErrorReport = {
  level: 'error',
  message: 'unforeseen error',
  at: Date.parse('2026-03-04T05:06:07.089Z'),
  type: 'TypeError',
  detail: 'x is not a function',
  stack: 'TypeError: x is not a function\n    at inner (/app/dist/main.js:12:34)\n    at /app/node_modules/fastify/lib/x.js:5:6',
  requestId: 'r1',
};

/** A collector that keeps what it is sent. */
async function collector(status = 200) {
  const got: { readonly path: string; readonly auth: string; readonly lines: readonly unknown[] }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const lines = body.split('\n').map((line) => JSON.parse(line) as unknown);
      got.push({ path: request.url ?? '', auth: String(request.headers['x-sentry-auth']), lines });
      response.writeHead(status).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { got, dsn: `http://public-key@127.0.0.1:${typeof address === 'object' ? address?.port : ''}/below/42` };
}

function open(dsn: string) {
  const read = readSentryDsn(dsn);
  if (read === null) throw new Error('no DSN');
  return sentryReports({ ...read, release: '0.1.0', environment: 'production' });
}

test('an error arrives as an event with its stack, the oldest call first', async () => {
  const { got, dsn } = await collector();
  const reports = open(dsn);
  reports.send(report);
  await reports.close();
  expect(got).toHaveLength(1);
  expect(got[0]).toMatchObject({
    path: '/below/api/42/envelope/',
    auth: 'Sentry sentry_version=7, sentry_client=holdfast/0.1.0, sentry_key=public-key',
  });
  const [header, item, event] = got[0]?.lines ?? [];
  expect(item).toEqual({ type: 'event' });
  expect(event).toMatchObject({
    event_id: (header as { event_id: string }).event_id,
    timestamp: '2026-03-04T05:06:07.089Z',
    level: 'error',
    release: '0.1.0',
    environment: 'production',
    tags: { requestId: 'r1' },
    exception: {
      values: [
        {
          type: 'TypeError',
          value: 'x is not a function',
          stacktrace: {
            frames: [
              { function: '?', filename: '/app/node_modules/fastify/lib/x.js', lineno: 5, colno: 6, in_app: false },
              { function: 'inner', filename: '/app/dist/main.js', lineno: 12, colno: 34, in_app: true },
            ],
          },
        },
      ],
    },
  });
});

test('of a flood only the first of each minute are sent', async () => {
  const { got, dsn } = await collector();
  const reports = open(dsn);
  for (let count = 0; count < 100; count += 1) reports.send(report);
  reports.send({ ...report, at: report.at + 60_000 });
  await reports.close();
  expect(got).toHaveLength(31);
});

test('a collector that is away or refuses is nobody’s trouble', async () => {
  const { dsn } = await collector(500);
  const refused = open(dsn);
  refused.send(report);
  await refused.close();
  const away = open('http://key@127.0.0.1:1/1');
  away.send(report);
  await away.close();
  expect(away).toBeDefined();
});

test.each([
  ['https://key@sentry.example.com/7', { url: 'https://sentry.example.com/api/7/envelope/', key: 'key' }],
  ['https://sentry.example.com/7', null],
  ['https://key@sentry.example.com/project', null],
  ['key', null],
])('%s', (text, expected) => {
  expect(readSentryDsn(text)).toEqual(expected);
});
