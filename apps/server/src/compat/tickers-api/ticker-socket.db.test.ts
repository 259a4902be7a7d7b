import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TickersAnswer } from '@holdfast/contract/tickers-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** The messages of a socket, one at a time. */
function reader(socket: WebSocket) {
  const arrived: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  socket.on('message', (raw: Buffer) => {
    const next = waiting.shift();
    if (next === undefined) arrived.push(raw.toString());
    else next(raw.toString());
  });
  return (): Promise<string> => new Promise((resolve) => (arrived.length > 0 ? resolve(arrived.shift() ?? '') : waiting.push(resolve)));
}

async function connect(path: string, from = app, headers: Record<string, string> = {}) {
  let next: (() => Promise<string>) | null = null;
  const socket = await from.http.injectWS(
    path,
    { headers: { host: 'localhost', ...headers } },
    { onInit: (made) => (next = reader(made)) },
  );
  if (next === null) throw new Error('the socket was not made');
  return { socket, next: next as () => Promise<string> };
}

const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

test('the first message is the answer of GET /tickers with the same query', async () => {
  const { socket, next } = await connect('/api/v1/tickers/ws?search=AAPL&limit=1');

  expect(await next()).toBe((await app.anonymous.get('tickers?search=AAPL&limit=1')).text);
  socket.terminate();
});

test('an import is sent with the next beat, to all who ask the same', async () => {
  const [one, other] = await Promise.all([connect('/api/v1/tickers/ws?search=SOCK'), connect('/api/v1/tickers/ws?search=SOCK')]);
  expect(JSON.parse(await one.next())).toMatchObject({ total: 0 });
  await other.next();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-socket-'));
  const header = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';
  writeFileSync(join(folder, 'sock.csv'), `${header}\nSOCK.NSE,01/07/2025,10:00:00,1.5,1,1,2,7,3,0`);
  await (
    await app.app.imports.importFile(join(folder, 'sock.csv'), { zone: null, caller: null, onState: () => undefined })
  ).ended;
  rmSync(folder, { recursive: true });
  const texts = await Promise.all([one.next(), other.next()]);

  expect(texts[0]).toBe(texts[1]);
  expect(JSON.parse(texts[0] ?? '')).toMatchObject({ total: 1, tickers_with_dates: [{ ticker: 'SOCK', ltp: 1.5, ltq: 3, sellqty: 7 }] });
  one.socket.terminate();
  other.socket.terminate();
});

test('a message of parameters asks for something else; ping is answered; anything else is told what is wrong', async () => {
  const { socket, next } = await connect('/api/v1/tickers/ws?search=AAPL');
  await next();
  socket.send(JSON.stringify({ search: 'MSFT', limit: 5 }));
  expect((JSON.parse(await next()) as TickersAnswer).tickers_with_dates[0]?.ticker).toBe('MSFT');
  const answers: Record<string, unknown>[] = [];
  for (const message of ['not json', '{"limit":0}', '{"colour":"red"}', '[1]', '{"start_date":"31-02-2025"}', Buffer.from([1, 2])]) {
    socket.send(message);
    answers.push(JSON.parse(await next()) as Record<string, unknown>);
  }
  expect(answers.map(({ code }) => code)).toEqual([
    'invalid_request',
    'invalid_request',
    'invalid_request',
    'invalid_request',
    'invalid_value',
    'invalid_request',
  ]);
  expect(answers.every(({ detail }) => typeof detail === 'string')).toBe(true);
  socket.send('ping');
  expect(await next()).toBe('pong');
  socket.terminate();
});

test('more than 20 messages a second are not answered as asked', async () => {
  const { socket, next } = await connect('/api/v1/tickers/ws?search=AAPL');
  await next();
  for (let sent = 0; sent < 21; sent += 1) socket.send('ping');
  const answers: string[] = [];
  for (let read = 0; read < 21; read += 1) answers.push(await next());
  expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'pong'));
  expect(answers[20]).toContain('rate_limited');
  socket.terminate();
});

test('a query that cannot be answered is refused before or as the connection opens', async () => {
  await expect(connect('/api/v1/tickers/ws?limit=0')).rejects.toThrow('400');
  const { socket, next } = await connect('/api/v1/tickers/ws?start_date=31-02-2025');
  const code = closed(socket);
  expect(await next()).toContain('is not a day of the calendar');
  expect(await code).toBe(1008);
});

test('without a WebSocket the address answers 426', async () => {
  expect((await app.anonymous.get('tickers/ws')).status).toBe(426);
});

test('where market data is not public, a connection wants a token and ends with it', async () => {
  const guarded = await startTestApp({ settings: { PUBLIC_MARKET_DATA: 'off' } });
  try {
    await expect(connect('/api/v1/tickers/ws', guarded)).rejects.toThrow('401');
    const user = await guarded.user('listener');
    const { socket, next } = await connect('/api/v1/tickers/ws?limit=1', guarded, { authorization: `Bearer ${user.accessToken}` });
    await next();
    const code = closed(socket);
    await guarded.as(user).post('auth/logout-all', undefined);
    expect(await code).toBe(4401);
  } finally {
    await guarded.close();
  }
});
