/** An account exported, and brought into another: every figure is the same. And what is refused. */
import { createHash } from 'node:crypto';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installJobSchema } from '../../platform/jobs/index.ts';
import type { JobRun } from '../../platform/jobs/index.ts';
import { silentLogger } from '../../platform/observe/index.ts';
import type { TestUser } from '../../testing/builders.ts';
import { multipartForm } from '../../testing/multipart-form.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let zip: Buffer;

/** Threads that work out performance begin by reading their sources, which takes them seconds where many are at work. */
const LONG_MS = 240_000;

beforeAll(async () => {
  app = await startTestApp({ now: '2026-01-08T12:00:00.000Z' });
  await installJobSchema({ url: app.databaseUrl, logger: silentLogger() });
  ada = await app.user('ada', 'premium');
  await furnish(ada);
  zip = await exported(ada);
}, LONG_MS);
afterAll(() => app.close());

async function made(user: TestUser, path: string, body: object): Promise<string> {
  const answer = await app.as(user).post(path, body);
  if (answer.status >= 300) throw new Error(`${path} ${JSON.stringify(body)}: ${answer.text}`);
  return answer.as<{ id: string }>().id;
}

/** Three portfolios with transactions of every type, in three currencies, with named lots; and one of each other thing. */
async function furnish(user: TestUser): Promise<void> {
  await made(user, 'instruments', { symbol: 'HOUSE', name: 'A house', assetClass: 'other', currency: 'EUR' });
  const prices = [
    { day: '2025-03-03', price: '250000' },
    { day: '2026-01-05', price: '262500.5' },
  ];
  expect((await app.as(user).put('instruments/HOUSE/prices', { prices })).status).toBe(200);
  await made(user, 'instruments', { symbol: 'TOWN', name: 'A bond', assetClass: 'bond', currency: 'USD' });
  const terms = { faceValue: '1000', couponRate: '0.05', frequency: 'halfYearly', dayCount: '30/360', maturesOn: '2030-03-01' };
  expect((await app.as(user).put('instruments/TOWN/bond-terms', terms)).status).toBe(200);

  const long = await made(user, 'portfolios', { name: 'Long run', description: 'For later', kind: 'tracked', baseCurrency: 'USD' });
  const record = (id: string) => (fact: object) => made(user, `portfolios/${id}/transactions`, fact);
  const facts = [
    { type: 'deposit', amount: '100000', tradedAt: '2025-01-02' },
    {
      type: 'exchange',
      amount: '20000',
      currency: 'USD',
      counterAmount: '18500',
      counterCurrency: 'EUR',
      fee: '4',
      tradedAt: '2025-01-03',
    },
    { type: 'buy', symbol: 'AAPL', quantity: '40', price: '180.25', fee: '3.5', tradedAt: '2025-01-06' },
    { type: 'buy', symbol: 'AAPL', quantity: '10.5', price: '191', note: '=1+1', tradedAt: '2025-02-06' },
    { type: 'dividend', symbol: 'AAPL', amount: '12.6', tax: '1.89', tradedAt: '2025-02-20' },
    { type: 'split', symbol: 'AAPL', newShares: '2', oldShares: '1', tradedAt: '2025-03-03' },
    { type: 'sell', symbol: 'AAPL', quantity: '30', price: '99', fee: '2', tradedAt: '2025-04-01' },
    { type: 'transferIn', symbol: 'MSFT', quantity: '20', amount: '6000', acquiredOn: '2023-05-04', tradedAt: '2025-04-02' },
    { type: 'transferOut', symbol: 'MSFT', quantity: '5', tradedAt: '2025-05-02' },
    { type: 'returnOfCapital', symbol: 'MSFT', amount: '30', tradedAt: '2025-05-05' },
    { type: 'spinOff', symbol: 'MSFT', newSymbol: 'NVDA', quantity: '3', costShare: '0.1', tradedAt: '2025-06-02' },
    { type: 'merger', symbol: 'NVDA', amount: '700', tradedAt: '2025-07-01' },
    { type: 'buy', symbol: 'HOUSE', quantity: '0.05', price: '250000', baseRate: '1.09', tradedAt: '2025-07-07' },
    { type: 'buy', symbol: 'TOWN', quantity: '2', price: '990', tradedAt: '2025-07-08' },
    { type: 'interest', symbol: 'TOWN', amount: '50', tradedAt: '2025-09-01' },
    { type: 'fee', amount: '9.9', tradedAt: '2025-10-01' },
    { type: 'tax', amount: '14', tradedAt: '2025-10-02' },
    { type: 'withdrawal', amount: '500', tradedAt: '2025-11-03' },
  ];
  for (const fact of facts) await record(long)(fact);
  await app.as(user).put(`portfolios/${long}/allocation-targets`, { by: 'symbol', targets: [{ key: 'AAPL', target: '0.4' }] });

  const chosen = await made(user, 'portfolios', {
    ...{ name: 'Chosen lots', kind: 'tracked', baseCurrency: 'EUR', timeZone: 'Europe/Berlin' },
    ...{ costMethod: 'specific', cashMode: 'implied' },
  });
  await record(chosen)({ type: 'buy', symbol: 'MSFT', quantity: '10', price: '400', tradedAt: '2025-01-06' });
  const second = await record(chosen)({ type: 'buy', symbol: 'MSFT', quantity: '10', price: '450', tradedAt: '2025-01-07' });
  const lots = [{ lotId: second, quantity: '4' }];
  await record(chosen)({ type: 'sell', symbol: 'MSFT', quantity: '4', price: '500', lots, tradedAt: '2025-06-02T14:00:00.000Z' });

  const old = await made(user, 'portfolios', { name: 'Old', kind: 'tracked', baseCurrency: 'USD', costMethod: 'fifo' });
  await record(old)({ type: 'deposit', amount: '10', tradedAt: '2025-01-02' });
  expect((await app.as(user).patch(`portfolios/${old}`, { archived: true })).status).toBe(200);

  const paper = await made(user, 'portfolios', { name: 'Practice', kind: 'paper', baseCurrency: 'USD' });
  await made(user, `portfolios/${paper}/orders`, {
    symbol: 'AAPL',
    side: 'buy',
    type: 'limit',
    quantity: '1',
    limitPrice: '1',
    timeInForce: 'gtc',
  });

  const list = await made(user, 'watchlists', { name: 'Chips', note: 'Mondays' });
  await app.as(user).post(`watchlists/${list}/items`, { items: [{ symbol: 'NVDA', targetPrice: '90.5' }, { symbol: 'HOUSE' }] });
  await made(user, 'alerts', { condition: 'priceAbove', symbol: 'AAPL', threshold: '900000', note: 'Sell half' });
  await made(user, 'alerts', { condition: 'percentChange', watchlistId: list, threshold: '7' });
  await made(user, 'alerts', { condition: 'portfolioValueBelow', portfolioId: long, threshold: '1' });
  await made(user, 'alerts', { condition: 'portfolioValueBelow', portfolioId: paper, threshold: '1' });
  const form = multipartForm({ name: 'tax.txt', content: 'What the office wrote.' }, { kind: 'tax', portfolioId: long, taxYear: '2025' });
  const document = (await app.as(user).post('documents', undefined, form)).as<{ id: string }>().id;
  const newer = multipartForm({ name: 'tax.txt', content: 'What the office wrote then.' });
  expect((await app.as(user).post(`documents/${document}/versions`, undefined, newer)).status).toBe(201);
}

/** As a worker would run it. */
async function runJob(id: string, run: Partial<JobRun> = {}): Promise<void> {
  const job = app.app.jobs.find(({ name }) => name === 'make-export');
  if (job === undefined) throw new Error('There is no job.');
  await job.run({ payload: id, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal, ...run });
}

async function exported(user: TestUser): Promise<Buffer> {
  const asked = await app.as(user).post('me/exports');
  expect([asked.status, asked.text]).toEqual([202, asked.text]);
  const { id } = asked.as<{ id: string }>();
  await runJob(id);
  const content = await app.as(user).get(`me/exports/${id}/content`);
  expect([content.status, content.headers['content-type']]).toEqual([200, 'application/zip']);
  return content.bytes;
}

const bring = (user: TestUser, content: Buffer | Uint8Array) =>
  app.as(user).post('me/imports/export', undefined, multipartForm({ name: 'mine.zip', content: Buffer.from(content) }));

interface Named {
  readonly id: string;
  readonly name: string;
}

async function portfoliosOf(user: TestUser): Promise<readonly Named[]> {
  const [open, archived] = [await app.as(user).get('portfolios'), await app.as(user).get('portfolios?archived=true')];
  return [...open.as<{ items: Named[] }>().items, ...archived.as<{ items: Named[] }>().items];
}

/** What differs between two accounts and is no figure. */
const OF_THE_ACCOUNT = new Set([
  'id',
  'portfolioId',
  'transactionId',
  'lotId',
  'recordedAt',
  'createdAt',
  'updatedAt',
  'source',
  'version',
]);

function figuresOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(figuresOnly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !OF_THE_ACCOUNT.has(name))
      .map(([name, kept]) => [name, figuresOnly(kept)]),
  );
}

const FIGURES = [
  ...['', '/summary', '/positions', '/realized-gains', '/income', '/performance', '/risk', '/transactions?limit=200&sort=tradedAt'],
  ...['/allocation', '/allocation-targets', '/positions/AAPL/lots', '/positions/MSFT/lots'],
];

async function figuresOf(user: TestUser, name: string): Promise<Readonly<Record<string, unknown>>> {
  const found = (await portfoliosOf(user)).filter((portfolio) => portfolio.name === name);
  expect(found).toHaveLength(1);
  const figures: Record<string, unknown> = {};
  for (const path of FIGURES) {
    const answer = await app.as(user).get(`portfolios/${found[0]?.id ?? ''}${path}`);
    figures[path] = figuresOnly(answer.status === 200 ? answer.as<unknown>() : { status: answer.status, code: answer.code });
  }
  return figures;
}

test(
  'brought into a fresh account, every figure is the same',
  async () => {
    const bob = await app.user('bob', 'premium');
    const answer = await bring(bob, zip);
    expect([answer.status, answer.as<unknown>()]).toEqual([
      201,
      {
        // 18 of the long run, 3 of chosen lots, 1 of the old one. The empty default portfolio of each account is not brought.
        ...{ portfolios: 3, transactions: 22, instruments: 2, watchlists: 1, watchlistItems: 2, alerts: 3, documents: 1 },
        leftOut: [
          { kind: 'portfolio', name: 'Practice', reason: expect.stringContaining('paper') as string },
          { kind: 'alert', name: 'portfolioValueBelow', reason: 'Its portfolio is not brought in.' },
        ],
      },
    ]);
    for (const name of ['Long run', 'Chosen lots', 'Old']) {
      const before = await figuresOf(ada, name);
      expect(Object.keys(before)).toEqual(FIGURES);
      expect(await figuresOf(bob, name)).toEqual(before);
    }
    // That they are figures and no refusals: the sale of 30 of 101 shares and the merger have gained or lost something.
    const long = await figuresOf(bob, 'Long run');
    expect(Object.values(long).filter((figure) => 'code' in (figure as object))).toEqual([]);
    expect((long['/realized-gains'] as { items: unknown[] }).items.length).toBeGreaterThan(1);
    for (const path of ['instruments/HOUSE', 'instruments/TOWN/bond-terms', 'quotes/HOUSE', 'watchlists', 'alerts'])
      expect(figuresOnly((await app.as(bob).get(path)).as<unknown>())).toEqual(
        path === 'alerts' ? expect.anything() : figuresOnly((await app.as(ada).get(path)).as<unknown>()),
      );
    expect((await app.as(bob).get('alerts?condition=percentChange')).body).toMatchObject({
      items: [{ watchlistName: 'Chips', threshold: '7', members: { active: 2, fired: 0, paused: 0 } }],
    });
    const documents = (await app.as(bob).get('documents')).as<{ items: { id: string; version: number; taxYear: number }[] }>().items;
    expect(documents).toMatchObject([{ version: 2, kind: 'tax', taxYear: 2025, name: 'tax.txt' }]);
    expect((await app.as(bob).get(`documents/${documents[0]?.id ?? ''}/content`)).text).toBe('What the office wrote then.');
    expect((await app.as(bob).get(`documents/${documents[0]?.id ?? ''}/content?version=1`)).text).toBe('What the office wrote.');
  },
  LONG_MS,
);

test(
  'a second time adds a second copy, within the plan',
  async () => {
    const eve = await app.user('eve');
    expect((await bring(eve, zip)).status).toBe(201);
    const again = await bring(eve, zip);
    expect(again.as<object>()).toMatchObject({ portfolios: 3, transactions: 22, instruments: 0, watchlists: 0, documents: 1 });
    expect(again.as<{ leftOut: { kind: string }[] }>().leftOut.map(({ kind }) => kind)).toEqual([
      'portfolio',
      'watchlist',
      'alert',
      'alert',
    ]);
    expect((await portfoliosOf(eve)).filter(({ name }) => name === 'Long run')).toHaveLength(2);
  },
  LONG_MS,
);

test('the zip says what is in it, without secrets, and its tables are safe to open', () => {
  const files = unzipSync(zip);
  const text = (path: string) => strFromU8(files[path] ?? new Uint8Array());
  const manifest = JSON.parse(text('manifest.json')) as { format: string; counts: object; files: { path: string; sha256: string }[] };
  expect(manifest).toMatchObject({
    ...{ format: 'holdfast-export', version: 1, madeAt: '2026-01-08T12:00:00.000Z' },
    // With the default portfolio and the paper one; its starting cash is a transaction. Each version of a document is a file.
    counts: { portfolios: 5, transactions: 23, instruments: 2, orders: 1, watchlists: 1, alerts: 4, documents: 2 },
  });
  expect(Object.keys(files).sort()).toEqual([...manifest.files.map(({ path }) => path), 'manifest.json'].sort());
  for (const { path, sha256 } of manifest.files)
    expect(
      createHash('sha256')
        .update(files[path] ?? '')
        .digest('hex'),
    ).toBe(sha256);
  const all = Object.keys(files).map(text).join('\n');
  for (const secret of [ada.password, ada.accessToken, 'argon2', 'passwordHash']) expect(all.includes(secret)).toBe(false);
  expect(JSON.parse(text('account.json'))).toMatchObject({ email: 'ada@example.com', role: 'premium' });
  const tables = Object.keys(files)
    .filter((path) => path.endsWith('transactions.csv'))
    .map(text);
  expect(tables.find((table) => table.includes('AAPL'))).toContain(",'=1+1,");
});

/** The archive with some files changed; the manifest follows unless it is changed itself. */
function changed(change: (files: Record<string, Uint8Array>) => void, hashAgain = true): Uint8Array {
  const files = unzipSync(zip);
  change(files);
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) as { files: object[] };
  const listed = Object.entries(files).filter(([path]) => path !== 'manifest.json');
  manifest.files = listed.map(([path, bytes]) => ({
    path,
    byteCount: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  if (hashAgain) files['manifest.json'] = strToU8(JSON.stringify(manifest));
  return zipSync(files);
}

const damaged = () => changed((files) => void (files['watchlists.json'] = strToU8('[]')), false);
const cases: readonly (readonly [what: string, content: () => Uint8Array, code: string, says: RegExp])[] = [
  ['no zip', () => strToU8('Not a zip at all, but long enough to be looked at.'), 'invalid_value', /no readable zip/],
  ['a zip of something else', () => zipSync({ 'a.txt': strToU8('a') }), 'invalid_value', /no manifest\.json/],
  [
    'another format',
    () => zipSync({ 'manifest.json': strToU8(JSON.stringify({ format: 'other', version: 1, files: [] })) }),
    'invalid_value',
    /says other/,
  ],
  [
    'a later version',
    () => zipSync({ 'manifest.json': strToU8(JSON.stringify({ format: 'holdfast-export', version: 2, files: [] })) }),
    'invalid_value',
    /version 2/,
  ],
  ['a way out of the archive', () => changed((files) => void (files['../up.txt'] = strToU8('x'))), 'invalid_value', /relative path/],
  ['a changed file', damaged, 'invalid_value', /watchlists\.json is damaged/],
  ['a missing file', () => changed((files) => delete files['alerts.json']), 'invalid_value', /no alerts\.json/],
  ['a file of another shape', () => changed((files) => void (files['alerts.json'] = strToU8('[{}]'))), 'invalid_value', /alerts\.json/],
  [
    'an instrument nobody knows',
    () => changed((files) => rewrite(files, (text) => text.replaceAll('"AAPL"', '"ZZZQX"'))),
    'unknown_symbol',
    /ZZZQX/,
  ],
  [
    'a sale of what is not held',
    () => changed((files) => rewrite(files, (text) => text.replace('"quantity":"30"', '"quantity":"3000"'))),
    'invalid_value',
    /3000 AAPL would be sold and 101 were held/,
  ],
  ['a bomb', () => zipSync({ 'manifest.json': new Uint8Array(100 * 1_048_576) }), 'invalid_value', /can be believed/],
];

function rewrite(files: Record<string, Uint8Array>, change: (text: string) => string): void {
  for (const path of Object.keys(files))
    if (path.endsWith('transactions.json')) files[path] = strToU8(change(strFromU8(files[path] ?? new Uint8Array())));
}

test.each(cases)(
  'refused, and nothing of it kept: %s',
  async (what, content, code, says) => {
    const user = await app.user(`u-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`);
    const answer = await bring(user, content());
    expect([answer.code, answer.text]).toEqual([code, expect.stringMatching(says)]);
    expect((await portfoliosOf(user)).map(({ name }) => name)).toEqual(['My portfolio']);
    for (const path of ['watchlists', 'alerts', 'documents'])
      expect((await app.as(user).get(path)).as<{ items: unknown[] }>().items).toEqual([]);
    expect((await app.as(user).get('instruments/HOUSE')).status).toBe(404);
    expect((await app.pool.query("select 1 from document_files where user_id = $1 and state <> 'leaving'", [user.id])).rowCount).toBe(0);
  },
  LONG_MS,
);

test('a private instrument of the same symbol in another currency is a conflict; a form without a file is none', async () => {
  const user = await app.user('gus');
  await made(user, 'instruments', { symbol: 'HOUSE', name: 'Mine', assetClass: 'other', currency: 'USD' });
  expect((await bring(user, zip)).code).toBe('conflict');
  expect((await app.as(user).post('me/imports/export', undefined, multipartForm(null, { more: 'x' }))).code).toBe('unknown_field');
  expect((await app.as(user).post('me/imports/export', {})).code).toBe('unsupported_media_type');
});

test('an export is its owner’s: listed, one at a time, gone when deleted, unknown to others', async () => {
  const [mia, tom] = [await app.user('mia'), await app.user('tom')];
  const { id } = (await app.as(mia).post('me/exports')).as<{ id: string }>();
  expect((await app.as(mia).post('me/exports')).code).toBe('conflict');
  expect((await app.as(mia).get(`me/exports/${id}`)).as<object>()).toMatchObject({ status: 'queued', progress: 0, fileName: null });
  expect((await app.as(mia).get(`me/exports/${id}/content`)).code).toBe('conflict');
  await runJob(id);
  // Run once more, as after a lost answer: nothing changes.
  await runJob(id, { attempt: 2 });
  const ended = { status: 'done', progress: 1, fileName: 'holdfast-2026-01-08.zip', expiresAt: '2026-01-15T12:00:00.000Z' };
  expect((await app.as(mia).get(`me/exports/${id}`)).as<object>()).toMatchObject(ended);
  expect((await app.as(mia).get('me/exports?limit=1')).as<{ items: object[] }>().items).toMatchObject([{ id }]);
  for (const path of [`me/exports/${id}`, `me/exports/${id}/content`]) expect((await app.as(tom).get(path)).status).toBe(404);
  expect((await app.as(tom).delete(`me/exports/${id}`)).status).toBe(404);
  expect((await app.as(tom).get('me/exports')).as<{ items: unknown[] }>().items).toEqual([]);
  expect((await app.as(mia).delete(`me/exports/${id}`)).status).toBe(204);
  expect((await app.pool.query('select 1 from export_chunks where export_id = $1', [id])).rowCount).toBe(0);
  // Deleted before it is made: the job finds nothing to do.
  const later = (await app.as(mia).post('me/exports')).as<{ id: string }>().id;
  await app.as(mia).delete(`me/exports/${later}`);
  await runJob(later);
  expect((await app.as(mia).get(`me/exports/${later}`)).status).toBe(404);
});

test('a server that stops leaves the export unmade, and the next one makes it', async () => {
  const ida = await app.user('ida');
  const { id } = (await app.as(ida).post('me/exports')).as<{ id: string }>();
  await expect(runJob(id, { signal: AbortSignal.abort(new Error('The server stops.')) })).rejects.toThrow();
  expect((await app.as(ida).get(`me/exports/${id}`)).as<object>()).toMatchObject({ status: 'running', fileName: null });
  await runJob(id, { attempt: 2 });
  expect((await app.as(ida).get(`me/exports/${id}`)).as<object>()).toMatchObject({ status: 'done' });
});
