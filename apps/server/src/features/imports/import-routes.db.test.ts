import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ImportSummary, TickImport } from '@holdfast/contract/imports';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestAnswer } from '../../testing/test-client.ts';

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';
const aig = readFileSync(fileURLToPath(new URL('testdata/aig-ticks-2013-10-11-gfdl-shape.csv', import.meta.url)));
const gfdl = readFileSync(fileURLToPath(new URL('testdata/gfdl-ticks.csv', import.meta.url)));

let app: TestApp;
let admin: TestUser;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user('importer', 'admin');
});
afterAll(() => app.close());

interface Sending {
  readonly fileName?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly user?: TestUser;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(content: Buffer | Uint8Array | string, { fileName = 'ticks.csv', fields = {}, user = admin, headers = {} }: Sending = {}) {
  const boundary = 'holdfast-test-boundary';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(parts.join('') + head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return app.as(user).post('imports/ticks', undefined, {
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
  });
}

/** Waits for the import to end: the answer to a GET of a running one comes at once, so the queue is asked again. */
async function ended(id: string): Promise<TickImport> {
  for (;;) {
    const found = (await app.as(admin).get(`imports/${id}`)).as<TickImport>();
    if (found.status === 'done' || found.status === 'failed') return found;
  }
}

async function imported(content: Buffer | Uint8Array | string, sending: Sending = {}): Promise<TickImport> {
  const answer = await send(content, sending);
  expect(answer.text).toContain('importId');
  expect(answer.status).toBe(202);
  return ended(answer.as<{ importId: string }>().importId);
}

function row(ticker: string, figures = '100,99,10,101,20,5,0', at = '05/01/2026,10:00:00'): string {
  return `${ticker},${at},${figures}`;
}

async function ticksOf(symbol: string) {
  return app.db
    .selectFrom('ticks')
    .innerJoin('instruments', 'instruments.key', 'ticks.instrument_key')
    .select(['ticks.at', 'ticks.number', 'ticks.last', 'ticks.bid', 'ticks.bid_size', 'ticks.ask', 'ticks.last_size', 'ticks.flags'])
    .where('instruments.symbol', '=', symbol)
    .orderBy('ticks.at')
    .orderBy('ticks.number')
    .execute();
}

async function barsOf(symbol: string, interval: string) {
  const bars = await app.db
    .selectFrom('bars')
    .innerJoin('instruments', 'instruments.key', 'bars.instrument_key')
    .select(['bars.at', 'bars.open', 'bars.high', 'bars.low', 'bars.close', 'bars.volume'])
    .where('instruments.symbol', '=', symbol)
    .where('bars.interval', '=', interval)
    .where('bars.source', '=', 'import')
    .orderBy('bars.at')
    .execute();
  return bars.map(({ at, ...figures }) => ({
    at: at.toISOString(),
    ...Object.fromEntries(Object.entries(figures).map(([name, text]) => [name, Number(text)])),
  }));
}

/** The slow obvious way: every row of the file in its order, in whole cents, grouped by the text of its time. */
function barsByHand(csv: string, keyOf: (time: string) => string) {
  const groups = new Map<string, { open: number; high: number; low: number; close: number; volume: number }>();
  for (const line of csv.trim().split(/\r?\n/).slice(1)) {
    const [, , time = '', price = '', , , , , quantity = ''] = line.split(',');
    const cents = Math.round(Number(price) * 100);
    const group = groups.get(keyOf(time)) ?? { open: cents, high: cents, low: cents, close: cents, volume: 0 };
    group.high = Math.max(group.high, cents);
    group.low = Math.min(group.low, cents);
    group.close = cents;
    group.volume += Number(quantity);
    groups.set(keyOf(time), group);
  }
  return [...groups].map(([key, { open, high, low, close, volume }]) => ({
    key,
    open: open / 100,
    high: high / 100,
    low: low / 100,
    close: close / 100,
    volume,
  }));
}

test('the real AIG file: every row stored, bars as added up by hand, all times those of New York', async () => {
  const result = await imported(aig, { fileName: 'aig.csv' });

  expect(result).toMatchObject({
    status: 'done',
    rowsRead: 1779,
    rowsStored: 1779,
    rowsFlagged: 0,
    rowsRejected: 0,
    errors: [],
    detail: null,
  });
  const ticks = await ticksOf('AIG');
  expect(ticks).toHaveLength(1779);
  // 11:36:10 in New York on 2013-10-11 is summer time, UTC-4.
  expect(ticks[0]?.at.toISOString()).toBe('2013-10-11T15:36:10.000Z');
  const lines = aig.toString().trim().split('\n').slice(1);
  expect(ticks.map(({ last }) => Number(last))).toEqual(lines.map((line) => Number(line.split(',')[3])));
  const byMinute = barsByHand(aig.toString(), (time) => time.slice(0, 5)).map(({ key, ...figures }) => ({
    at: new Date(`2013-10-11T${key}:00-04:00`).toISOString(),
    ...figures,
  }));
  expect(await barsOf('AIG', '1m')).toEqual(byMinute);
  // First 49.68, highest 49.86, lowest 49.65, last 49.86, and 359,885 shares: awk over the file.
  const day = { open: 49.68, high: 49.86, low: 49.65, close: 49.86, volume: 359_885 };
  expect(await barsOf('AIG', '1h')).toEqual([{ at: '2013-10-11T15:00:00.000Z', ...day }]);
  expect(await barsOf('AIG', '1d')).toEqual([{ at: '2013-10-11T04:00:00.000Z', ...day }]);
});

/** A sum over every row that imports write. */
async function everythingImported(): Promise<string> {
  const sums: (string | null | undefined)[] = [];
  for (const table of ['imports', 'import_errors', 'ticks', 'tick_days', 'bars', 'instruments', 'latest_prices']) {
    const text = `select md5(string_agg(t::text, '' order by t::text)) as sum from ${table} t`;
    sums.push((await app.pool.query<{ sum: string | null }>(text)).rows[0]?.sum);
  }
  return JSON.stringify(sums);
}

test('I17: the same file again, under whatever name, changes nothing and names the first import', async () => {
  const content = [HEADER, row('TWICE.NYSE')].join('\n');
  const first = await imported(content);
  const before = await everythingImported();
  const again = await send(content);
  expect((await send(content, { fileName: 'renamed.csv' })).code).toBe('import_exists');

  expect(await everythingImported()).toBe(before);
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({ code: 'import_exists', existingId: first.id });
  expect(await ticksOf('TWICE')).toHaveLength(1);
});

test('I17: the same file eight times at once is imported once', async () => {
  const content = [HEADER, row('PARALLEL.NYSE')].join('\n');
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(content)));
  const taken = answers.filter(({ status }) => status === 202);

  expect(taken).toHaveLength(1);
  expect(answers.filter(({ code }) => code === 'import_exists')).toHaveLength(7);
  await ended(taken[0]?.as<{ importId: string }>().importId ?? '');
  expect(await ticksOf('PARALLEL')).toHaveLength(1);
});

test('the same request with the same key is answered alike; the key with another file is refused', async () => {
  const content = [HEADER, row('KEYED.NYSE')].join('\n');
  const headers = { 'idempotency-key': 'one-key' };
  const first = await send(content, { headers });
  const again = await send(content, { headers });
  const other = await send(`${content}\n`, { headers });

  expect(again.status).toBe(202);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(other.code).toBe('idempotency_key_reused');
});

test('rows of GFDL: suffixes, a ticker without one, quantities written 60.0', async () => {
  const result = await imported(gfdl, { fields: { zone: 'Asia/Kolkata' } });

  expect(result).toMatchObject({ status: 'done', rowsStored: 3, rowsRejected: 0, zone: 'Asia/Kolkata' });
  const [tick] = await ticksOf('BANKNIFTY25JANFUT');
  expect(tick?.at.toISOString()).toBe('2025-01-01T03:45:00.000Z');
  expect(Number(tick?.bid_size)).toBe(60);
  const listed = await app.db
    .selectFrom('instruments')
    .select(['symbol', 'exchange', 'currency', 'source'])
    .where('exchange', '=', 'NFO')
    .orderBy('symbol')
    .execute();
  expect(listed).toEqual([
    { symbol: 'FINNIFTY-III', exchange: 'NFO', currency: 'INR', source: 'import' },
    { symbol: 'NIFTY03JUL2523000CE', exchange: 'NFO', currency: 'INR', source: 'import' },
  ]);
});

test('times without a known exchange are taken for UTC, and the answer says so', async () => {
  const result = await imported([HEADER, row('NOWHERE')].join('\n'));

  expect(result.detail).toBe('The times of 1 ticker without a known exchange were taken for UTC.');
  expect((await ticksOf('NOWHERE'))[0]?.at.toISOString()).toBe('2026-01-05T10:00:00.000Z');
});

test('a given zone is the clock the file was written by; days and session stay those of the exchange', async () => {
  const result = await imported(
    [HEADER, row('ZONED.NYSE', undefined, '05/01/2026,15:00:00'), row('ZONED.NYSE', undefined, '05/01/2026,14:00:00')].join('\n'),
    {
      fields: { zone: 'UTC' },
    },
  );

  // 15:00 UTC is 10:00 in New York, 14:00 UTC is 9:00 and before the session.
  expect(result).toMatchObject({ rowsStored: 2, rowsFlagged: 1 });
  expect(await barsOf('ZONED', '1d')).toMatchObject([{ at: '2026-01-05T05:00:00.000Z', volume: 5 }]);
  const bad = await send(HEADER, { fields: { zone: 'Mars/Olympus' } });
  expect(bad).toMatchObject({ status: 422, code: 'invalid_value' });
});

test('what a row can be and what it cannot', async () => {
  const lines = [
    `\uFEFF${HEADER}\r`,
    `"QUOTED.NYSE" , 05/01/2026 ,10:00:00," 100.5",99,10,101,20,60.0,0\r`,
    '',
    row('QUOTED.NYSE', 'n/a,99,10,101,20,5,0'),
    row('QUOTED.NYSE', '100,99,10,101,20,5,0', '31/02/2026,10:00:00'),
    row('QUOTED.NYSE', '100,99,10,101,20,5,0', '05/01/2026,25:00:00'),
    'QUOTED.NYSE,05/01/2026,10:00:00,100',
    'QUO"TED.NYSE,05/01/2026,10:00:00,100,99,10,101,20,5,0',
    row('NOT A TICKER!'),
    row('QUOTED.NYSE', '100,99,1e3,101,20,5,0'),
    row('QUOTED.NYSE', '0,99,10,101,20,5,0'),
    row('QUOTED.NYSE', '100,102,10,101,20,5,0'),
    row('QUOTED.NYSE', '100,,,,,,'),
    row('QUOTED.NYSE', '100,99,-10,101,20,5,0'),
    row('QUOTED.NYSE', '100,99,10,101,20,5,0', '05/01/2026,09:29:59'),
    row('QUOTED.NYSE', '100,99,10,101,20,5,0', '07/01/2026,10:00:00'),
    `${row('QUOTED.NYSE', '100,99,10,101,20,5,0', '03/01/2026,10:00:00')}`,
  ];
  const result = await imported(lines.join('\n'), { fileName: 'odd.csv' });

  expect(result).toMatchObject({ status: 'done', rowsRead: 15, rowsStored: 8, rowsFlagged: 6, rowsRejected: 7 });
  expect(result.errors.map(({ line, column, message }) => [line, column, message])).toEqual([
    [4, 'LTP', '"n/a" is no number: at most 20 digits before and 18 after the point.'],
    [5, 'Date', '"31/02/2026" is no date from 1970 to 2099 written DD/MM/YYYY.'],
    [6, 'Time', '"25:00:00" is no time of day written HH:MM:SS.'],
    [7, null, 'The row has 4 columns, not 10.'],
    [8, null, 'A quote is not closed, or something follows it within its field.'],
    [9, 'Ticker', '"NOT A TICKER!" is no ticker: at most 32 letters, digits and . - & = ^ _.'],
    [10, 'BuyQty', '"1e3" is no number: at most 20 digits before and 18 after the point.'],
  ]);
  expect(result.errors[0]).toMatchObject({ file: 'odd.csv', row: lines[3] });
  // In the order of time: a Saturday (2), before the session (1), the good row, no price (4), crossed (8), no quote, a negative quantity (16), tomorrow's tomorrow (32).
  expect((await ticksOf('QUOTED')).map(({ flags }) => flags)).toEqual([2, 1, 0, 4, 8, 0, 16, 32]);
  // Left out of the day: before the session, no price, the future. Kept: 60 + 5 + 0 + 5; on the Saturday 5.
  expect(await barsOf('QUOTED', '1d')).toEqual([
    { at: '2026-01-03T05:00:00.000Z', open: 100, high: 100, low: 100, close: 100, volume: 5 },
    { at: '2026-01-05T05:00:00.000Z', open: 100.5, high: 100.5, low: 100, close: 100, volume: 70 },
  ]);
});

test('a second file of the same day gives the bars of one file, the latest price and the days', async () => {
  const early = [
    HEADER,
    row('PARTS.NYSE', '10,9,1,11,1,3,0', '05/01/2026,10:00:30'),
    row('PARTS.NYSE', '12,9,1,13,1,4,0', '05/01/2026,15:00:00'),
  ];
  const later = [
    HEADER,
    row('PARTS.NYSE', '8.5,8,1,9,1,5,0', '05/01/2026,10:00:10'),
    row('PARTS.NYSE', '9,8,1,9,1,6,0', '05/01/2026,10:00:40'),
  ];
  await imported(early.join('\n'));
  await imported(later.join('\n'));

  // By time: 8.5 at :10, 10 at :30, 9 at :40; then 12 at 15:00.
  expect(await barsOf('PARTS', '1m')).toEqual([
    { at: '2026-01-05T15:00:00.000Z', open: 8.5, high: 10, low: 8.5, close: 9, volume: 14 },
    { at: '2026-01-05T20:00:00.000Z', open: 12, high: 12, low: 12, close: 12, volume: 4 },
  ]);
  expect(await barsOf('PARTS', '1d')).toEqual([{ at: '2026-01-05T05:00:00.000Z', open: 8.5, high: 12, low: 8.5, close: 12, volume: 18 }]);
  const quote = (await app.anonymous.get('quotes/PARTS')).as<Record<string, unknown>>();
  expect(quote).toMatchObject({ last: '12', bid: '9', ask: '13', at: '2026-01-05T20:00:00.000Z', source: 'import' });
  const days = await app.db
    .selectFrom('tick_days')
    .innerJoin('instruments', 'instruments.key', 'tick_days.instrument_key')
    .select(['day', 'tick_count', 'zone'])
    .where('symbol', '=', 'PARTS')
    .execute();
  expect(days).toEqual([{ day: '2026-01-05', tick_count: 4, zone: 'America/New_York' }]);
});

test('prices beyond exact arithmetic of numbers still give exact bars', async () => {
  const prices = ['12345678901234567890.123456789012345678', '0.000000000000000001', '12345678901234567890.123456789012345679'];
  await imported([HEADER, ...prices.map((price) => row('EXACT.NYSE', `${price},,,,,0.000000000000000001,`))].join('\n'));

  const [bar] = await app.db
    .selectFrom('bars')
    .innerJoin('instruments', 'instruments.key', 'bars.instrument_key')
    .select(['open', 'high', 'low', 'close', 'volume'])
    .where('symbol', '=', 'EXACT')
    .where('interval', '=', '1d')
    .execute();
  expect(bar).toEqual({ open: prices[0], high: prices[2], low: prices[1], close: prices[2], volume: '0.000000000000000003' });
});

test('a simulated symbol becomes an imported one', async () => {
  const before = (await app.anonymous.get('instruments/AAPL')).as<{ id: string; source: string }>();
  await imported([HEADER, row('AAPL')].join('\n'));
  const after = (await app.anonymous.get('instruments/AAPL')).as<{ id: string; source: string }>();

  expect(before.source).toBe('simulated');
  expect(after).toMatchObject({ id: before.id, source: 'import' });
  expect((await app.anonymous.get('quotes/AAPL')).body).toMatchObject({ last: '100', source: 'import' });
});

test('several files in a zip in a zip, in one import', async () => {
  const inner = zipSync({ 'b.csv': strToU8([HEADER, row('ZIPB.NYSE')].join('\n')), '__MACOSX/._b.csv': strToU8('litter') });
  const outer = zipSync({
    'a.csv': strToU8([HEADER, row('ZIPA.NYSE')].join('\n')),
    'inner.zip': inner,
    'folder/readme.md': strToU8('# read me'),
  });
  const result = await imported(outer, { fileName: 'outer.zip' });

  expect(result).toMatchObject({ status: 'done', rowsStored: 2, fileName: 'outer.zip' });
  expect(result.detail).toContain('outer.zip/folder/readme.md');
  expect(await ticksOf('ZIPB')).toHaveLength(1);
});

test('I17: one bad file in an archive and nothing of the archive is stored', async () => {
  const outer = zipSync({ 'good.csv': strToU8([HEADER, row('GOOD.NYSE')].join('\n')), 'bad.csv': strToU8('Ticker,Date,Time\nX,1,2') });
  const result = await imported(outer, { fileName: 'mixed.zip' });

  expect(result).toMatchObject({ status: 'failed', rowsStored: 0 });
  expect(result.detail).toContain('mixed.zip/bad.csv: The header has no column LTP, BuyPrice');
  expect(await app.db.selectFrom('instruments').select('symbol').where('symbol', '=', 'GOOD').execute()).toEqual([]);
  // A file that failed may be sent again.
  expect((await imported(outer, { fileName: 'mixed.zip' })).status).toBe('failed');
});

const half = zipSync({
  'half.csv': strToU8(`${HEADER}\n${Array.from({ length: 2_000 }, (_, n) => row(`H${n}.NYSE`)).join('\n')}`),
}).subarray(0, 5_000);
test.each([
  ['a wrong header', 'Symbol,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest\n', 'The header has no column Ticker.'],
  ['a column too many', `${HEADER},Exchange\n`, 'The header has the column "Exchange" that no tick file has.'],
  ['half a zip', half, 'is no readable zip archive'],
  ['no text at all', Buffer.from([0, 1, 2, 3, 255, 254]), 'The header has no column'],
  ['a zip without a CSV', zipSync({ 'a.pdf': strToU8('%PDF') }), 'holds no CSV file'],
  ['a damaged entry', damaged(), 'is damaged'],
  [
    '80 MB of spaces in 80 kB',
    zipSync({ 'bomb.csv': strToU8(`${HEADER}\n${' '.repeat(80_000_000)}`) }),
    'unpacks to more than 200 times its size',
  ],
  ['a zip four deep', nested(4), 'lies 4 archives deep; at most 3 are opened'],
])('%s fails as a whole and says why', async (_name, content, reason) => {
  const ticks = async () =>
    (
      await app.db
        .selectFrom('ticks')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst()
    )?.count;
  const before = await ticks();
  const result = await imported(content, { fileName: 'wrong.zip' });

  expect(result.status).toBe('failed');
  expect(result.detail).toContain(reason);
  expect(await ticks()).toBe(before);
});

function damaged(): Uint8Array {
  const stored = zipSync({ 'flip.csv': [strToU8(`${HEADER}\n${row('FLIP.NYSE')}\n`), { level: 0 }] });
  const at = Buffer.from(stored).indexOf('FLIP');
  stored[at] = 'B'.charCodeAt(0);
  return stored;
}

function nested(depth: number): Uint8Array {
  let content = zipSync({ 'deep.csv': strToU8([HEADER, row('DEEP.NYSE')].join('\n')) });
  for (let level = 1; level < depth; level += 1) content = zipSync({ 'deeper.zip': content });
  return content;
}

test('progress and end are facts on the stream, in a sequence without gaps', async () => {
  const { id } = await imported([HEADER, row('FACTS.NYSE')].join('\n'));
  const facts = await app.db
    .selectFrom('stream_facts')
    .select(['sequence', 'body'])
    .where('channel', '=', `imports:${id}`)
    .orderBy('sequence')
    .execute();

  expect(facts.map(({ sequence }) => sequence)).toEqual(facts.map((_, index) => index + 1));
  expect(facts.at(-1)?.body).toEqual({
    status: 'done',
    progress: 1,
    rowsRead: 1,
    rowsStored: 1,
    rowsFlagged: 0,
    rowsRejected: 0,
    detail: null,
  });
});

test('an import is audited with its ticks', async () => {
  const { id } = await imported([HEADER, row('AUDITED.NYSE')].join('\n'));
  const entries = await app.db.selectFrom('audit_entries').select(['action', 'actor_id', 'details']).where('subject_id', '=', id).execute();

  expect(entries).toEqual([{ action: 'ticks.imported', actor_id: admin.id, details: { rowsStored: 1, rowsRejected: 0, instruments: 1 } }]);
});

test('only administrators import, and only they and the importer see it', async () => {
  const standard = await app.user('standard');
  expect((await send([HEADER, row('DENIED.NYSE')].join('\n'), { user: standard })).code).toBe('forbidden');
  const { id } = await imported([HEADER, row('OWNED.NYSE')].join('\n'));

  expect((await app.as(standard).get(`imports/${id}`)).code).toBe('not_found');
  expect((await app.as(standard).get('imports')).body).toEqual({ items: [], nextCursor: null });
  expect((await app.anonymous.get(`imports/${id}`)).code).toBe('unauthenticated');
  const page = (await app.as(admin).get('imports?limit=1')).as<{ items: ImportSummary[]; nextCursor: string }>();
  expect(page.items[0]?.id).toBe(id);
  const next = (await app.as(admin).get(`imports?limit=1&cursor=${page.nextCursor}`)).as<{ items: ImportSummary[] }>();
  expect(next.items[0]?.id).not.toBe(id);
});

test('a form without a file, with another field, or no form', async () => {
  const form = (body: string): Promise<TestAnswer> =>
    app.as(admin).post('imports/ticks', undefined, { payload: body, headers: { 'content-type': 'multipart/form-data; boundary=b' } });

  expect((await form('--b\r\ncontent-disposition: form-data; name="zone"\r\n\r\nUTC\r\n--b--\r\n')).code).toBe('invalid_value');
  expect((await form('--b\r\ncontent-disposition: form-data; name="colour"\r\n\r\nred\r\n--b--\r\n')).code).toBe('unknown_field');
  expect((await app.as(admin).post('imports/ticks', { file: 'x' })).code).toBe('unsupported_media_type');
  expect((await send('')).code).toBe('invalid_value');
});
