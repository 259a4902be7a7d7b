/** Files in over HTTP: looked at, confirmed, refused. Every error of every operation. */
import { readFileSync } from 'node:fs';
import type { Statement } from '@holdfast/contract/statements';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestAnswer } from '../../testing/test-client.ts';

let app: TestApp;
let owner: TestUser;
beforeAll(async () => {
  app = await startTestApp({ now: '2026-01-05T15:30:00.000Z' });
  owner = await app.user('statement-owner');
});
afterAll(() => app.close());

const fidelity = readFileSync(new URL('testdata/fidelity.csv', import.meta.url));
const flex = readFileSync(new URL('testdata/interactive-brokers-flex.xml', import.meta.url));
const BOUGHT = 'date,type,symbol,quantity,price,currency\n2025-01-06,buy,AAPL,10,230.10,USD\n';

async function portfolio(given: object = {}, user = owner): Promise<string> {
  const made = await app
    .as(user)
    .post('portfolios', { name: 'Mine', kind: 'tracked', cashMode: 'full', baseCurrency: 'USD', timeZone: 'UTC', ...given });
  return made.as<{ id: string }>().id;
}

interface Sending {
  readonly fields?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly user?: TestUser;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fileName?: string;
}

function send(
  id: string,
  content: Buffer | string,
  { fields = {}, query = '?dryRun=true', user = owner, headers = {}, fileName = 'statement.csv' }: Sending = {},
): Promise<TestAnswer> {
  const boundary = 'holdfast-test-boundary';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(parts.join('') + head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return app.as(user).post(`portfolios/${id}/imports${query}`, undefined, {
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
  });
}

const confirm = (id: string, body: object = {}, user = owner) => app.as(user).post(`imports/${id}/confirm`, body);

async function transactions(
  id: string,
): Promise<readonly { type: string; symbol: string | null; amount: string; source: string; tradedAt: string }[]> {
  return (await app.as(owner).get(`portfolios/${id}/transactions?sort=tradedAt&limit=500`)).as<{
    items: { type: string; symbol: string | null; amount: string; source: string; tradedAt: string }[];
  }>().items;
}

async function cashOf(id: string): Promise<Record<string, string>> {
  const { cash } = (await app.as(owner).get(`portfolios/${id}`)).as<{ cash: { currency: string; balance: string }[] }>();
  return Object.fromEntries(cash.map(({ currency, balance }) => [currency, balance]));
}

test('a file is looked at, confirmed, and changes nothing a second time', async () => {
  const id = await portfolio();
  const looked = await send(id, fidelity, { fileName: 'History.csv' });
  expect(looked.status).toBe(200);
  const preview = looked.as<Statement>();
  expect(preview).toMatchObject({ format: 'fidelity', status: 'previewed', fileName: 'History.csv', unresolved: [] });
  expect(preview.counts).toEqual({ record: 5, recorded: 0, duplicate: 0, unresolved: 0, problem: 0, passed: 2 });
  // 1199.97 + 2.50 - 1.75 - 2301.00 + 2785.25 = 1684.97
  expect(preview.totals.cash).toEqual([{ currency: 'USD', amount: '1684.97' }]);
  expect(await transactions(id)).toEqual([]);

  const done = await confirm(preview.id);
  expect(done.status).toBe(200);
  expect(done.as<Statement>()).toMatchObject({ status: 'done', counts: { record: 0, recorded: 5 } });
  const stored = await transactions(id);
  expect(stored.map(({ type, amount }) => `${type} ${amount}`)).toEqual([
    'deposit 2785.25',
    'buy 2301',
    'tax 1.75',
    'dividend 2.5',
    'sell 1200',
  ]);
  expect(stored.every(({ source }) => source === 'import')).toBe(true);
  expect(await cashOf(id)).toEqual({ USD: '1684.97' });

  const again = await send(id, fidelity, { query: '' });
  expect(again.status).toBe(201);
  expect(again.as<Statement>().counts).toMatchObject({ recorded: 0, duplicate: 5 });
  expect(await transactions(id)).toEqual(stored);
  expect(await cashOf(id)).toEqual({ USD: '1684.97' });

  const kept = (await app.as(owner).get(`imports/${preview.id}/statement`)).as<Statement>();
  expect(kept).toMatchObject({ status: 'done', rows: [], counts: { recorded: 5 } });
  expect((await app.as(owner).get(`imports/${preview.id}`)).body).toMatchObject({ kind: 'statement', status: 'done', rowsStored: 5 });
  const twice = await confirm(preview.id);
  expect([twice.status, twice.code]).toEqual([409, 'conflict']);
  const audit = await app.db
    .selectFrom('audit_entries')
    .select('details')
    .where('action', '=', 'transaction.imported')
    .where('subject_id', '=', id)
    .execute();
  expect(audit.map(({ details }) => details)).toEqual([{ importId: preview.id, transactions: 5 }]);
});

test('each kind of transaction of a Flex query is recorded with its money', async () => {
  const id = await portfolio({ baseCurrency: 'EUR' });
  await app.as(owner).post('instruments', { symbol: 'AAPL240621C', name: 'An option', assetClass: 'other', currency: 'USD' });
  await app.as(owner).post('instruments', { symbol: 'JMLP', name: 'A fund', assetClass: 'fund', currency: 'USD' });
  const looked = (await send(id, flex)).as<Statement>();
  expect(looked.format).toBe('interactive-brokers-flex');
  expect(looked.unresolved.map(({ writtenAs }) => writtenAs)).toContain('AAPL240621C00200000');
  // NVDA and JMLP were never bought in this file, and the tender says too little.
  const symbols = { AAPL240621C00200000: 'AAPL240621C', US67066G1040: 'NVDA', US67075E1082: 'JMLP', US0378331005: 'AAPL' };
  const refused = await confirm(looked.id, { symbols });
  expect([refused.status, refused.code]).toEqual([422, 'invalid_value']);
  expect(refused.as<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
    'line 12',
    'line 13',
    'line 14, description',
  ]);
  expect(await transactions(id)).toEqual([]);

  const done = (await confirm(looked.id, { symbols, leaveOut: 'problems' })).as<Statement>();
  expect(done.counts).toMatchObject({ recorded: 11, problem: 3 });
  const types = (await transactions(id)).map(({ type }) => type).sort();
  expect(types.join(' ')).toBe('buy buy deposit dividend exchange fee fee fee fee interest tax');
  // EUR: 5000.00 - 1000.00 - 3.10 + 1.23. CHF: -1.80 - 10.00 - 2.00. USD: -1852.50 - 1.05 - 1390.00 + 1095.00 - 2.00 + 2.40 - 0.36.
  expect(await cashOf(id)).toEqual({ EUR: '3998.13', CHF: '-13.8', USD: '-2148.51' });
  // The same query a month later brings the same numbers again.
  expect((await send(id, flex, { fields: { symbols: JSON.stringify(symbols) } })).as<Statement>().counts).toMatchObject({
    duplicate: 11,
    record: 0,
  });
});

test('a mapping is remembered for files with the same header', async () => {
  const id = await portfolio();
  const content = 'Wann;Was;Papier;Anz;Kurs\n06.01.2025;Erwerb;AAPL;10;230,10\n';
  const unread = await send(id, content);
  expect([unread.status, unread.code]).toEqual([422, 'invalid_value']);
  const mapping = {
    columns: { date: 'Wann', type: 'Was', symbol: 'Papier', quantity: 'Anz', price: 'Kurs' },
    types: { Erwerb: 'buy' },
    currency: 'USD',
  };
  const mapped = (await send(id, content, { fields: { mapping: JSON.stringify(mapping) } })).as<Statement>();
  expect(mapped).toMatchObject({ format: 'generic', mapping, columns: ['Wann', 'Was', 'Papier', 'Anz', 'Kurs'], counts: { record: 1 } });
  expect(mapped.rows[0]).toMatchObject({ outcome: 'record', amount: '2301', tradedAt: '2025-01-06' });
  const remembered = await send(id, content.replace('06.01.2025', '07.01.2025'), { fields: { format: 'generic' } });
  expect(remembered.as<Statement>()).toMatchObject({ mapping, counts: { record: 1 } });
  const stranger = await app.user('statement-stranger');
  const theirs = await send(await portfolio({}, stranger), content, { fields: { format: 'generic' }, user: stranger });
  expect(theirs.status).toBe(422);
});

test('what has no instrument is asked for, and the row waits', async () => {
  const id = await portfolio();
  const content = BOUGHT.replace('AAPL', 'GRAZ7');
  const looked = (await send(id, content)).as<Statement>();
  expect(looked.unresolved).toEqual([expect.objectContaining({ writtenAs: 'GRAZ7', rows: 1 })]);
  expect((await confirm(looked.id)).code).toBe('invalid_value');
  await app.as(owner).post('instruments', { symbol: 'GRAZ', name: 'A flat', assetClass: 'other', currency: 'USD' });
  const done = (await confirm(looked.id, { symbols: { GRAZ7: 'GRAZ' } })).as<Statement>();
  expect(done.rows[0]).toMatchObject({ outcome: 'recorded', symbol: 'GRAZ', writtenAs: 'GRAZ7' });
  expect((await transactions(id)).map(({ symbol }) => symbol)).toEqual(['GRAZ']);
});

test('what was said of an instrument counts in the next files of the same user, until something else is said', async () => {
  const content = BOUGHT.replace('AAPL', 'FLATX');
  for (const symbol of ['FLATA', 'FLATB'])
    await app.as(owner).post('instruments', { symbol, name: symbol, assetClass: 'other', currency: 'USD' });
  const looked = (await send(await portfolio(), content)).as<Statement>();
  // Looking teaches nothing; recording does.
  expect((await confirm(looked.id, { symbols: { FLATX: 'FLATA' } })).status).toBe(200);
  const another = await portfolio();
  expect((await send(another, content)).as<Statement>()).toMatchObject({ unresolved: [], rows: [{ outcome: 'record', symbol: 'FLATA' }] });
  expect((await send(another, content, { fields: { symbols: '{"FLATX":"FLATB"}' } })).as<Statement>().rows[0]).toMatchObject({
    symbol: 'FLATB',
  });
  expect((await send(another, content)).as<Statement>().rows[0]).toMatchObject({ symbol: 'FLATA' });
  const stranger = await app.user('symbol-stranger');
  const theirs = (await send(await portfolio({}, stranger), content, { user: stranger })).as<Statement>();
  expect(theirs.unresolved).toHaveLength(1);
});

test('what was recorded by hand, or taken back, counts as it stands', async () => {
  const id = await portfolio();
  await app
    .as(owner)
    .post(`portfolios/${id}/transactions`, { type: 'buy', symbol: 'AAPL', quantity: '10', price: '230.1', tradedAt: '2025-01-06' });
  const duplicate = (await send(id, BOUGHT)).as<Statement>();
  expect(duplicate.rows.map(({ outcome }) => outcome)).toEqual(['duplicate']);
  await app.as(owner).delete(`portfolios/${id}/transactions/${duplicate.rows[0]?.transactionId ?? ''}`);
  expect((await app.as(owner).get(`imports/${duplicate.id}/statement`)).as<Statement>().counts).toMatchObject({ record: 1 });
  const imported = (await confirm(duplicate.id)).as<Statement>();
  // Corrected afterwards, it is still the one of the file.
  await app.as(owner).patch(`portfolios/${id}/transactions/${imported.rows[0]?.transactionId ?? ''}`, { price: '231' });
  expect((await send(id, BOUGHT)).as<Statement>().rows[0]).toMatchObject({
    outcome: 'duplicate',
    transactionId: imported.rows[0]?.transactionId,
  });
});

test('of two confirmations at once one records', async () => {
  const id = await portfolio();
  const [first, second] = [(await send(id, BOUGHT)).as<Statement>(), (await send(id, BOUGHT)).as<Statement>()];
  const answers = await Promise.all([confirm(first.id), confirm(first.id), confirm(second.id)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
  expect(await transactions(id)).toHaveLength(1);
});

test('facts are on the import’s channel: looked at, done', async () => {
  const id = await portfolio();
  const looked = (await send(id, BOUGHT)).as<Statement>();
  await confirm(looked.id);
  const facts = await app.db
    .selectFrom('stream_facts')
    .select(['sequence', 'body'])
    .where('channel', '=', `imports:${looked.id}`)
    .orderBy('sequence')
    .execute();
  expect(facts.map(({ sequence, body }) => [sequence, (body as { status: string }).status])).toEqual([
    [1, 'previewed'],
    [2, 'done'],
  ]);
});

test('a repeated key answers what the first request was answered; another file with it is refused', async () => {
  const id = await portfolio();
  const headers = { 'idempotency-key': 'statement-1' };
  const first = await send(id, BOUGHT, { query: '', headers });
  const again = await send(id, BOUGHT, { query: '', headers });
  expect([first.status, again.status, again.text === first.text, again.headers['idempotency-replayed']]).toEqual([201, 201, true, 'true']);
  const other = await send(id, BOUGHT.replace('10', '11'), { query: '', headers });
  expect(other.code).toBe('idempotency_key_reused');
  expect(await transactions(id)).toHaveLength(1);
});

describe('refusals keep nothing', () => {
  const line = (text: string) => `date,type,symbol,quantity,price,currency\n${text}\n`;
  test.each([
    ['an empty file', '', {}, 'The file is empty.'],
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), {}, 'not text'],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), {}, 'Save the sheet as CSV'],
    ['a wrong header', 'Ticker,Date,Time,LTP\nAIG,11/10/2013,11:36:10,49.68\n', {}, 'no format that is known'],
    ['a million columns', `date,type\n${','.repeat(1_000_000)}`, {}, 'Line 2 has 1000001 columns; a statement may have 200.'],
    ['an open quotation mark', 'date,type,symbol,quantity\n1,"2,3,4\n', {}, 'never closed'],
    ['another format than named', BOUGHT, { format: 'schwab' }, 'no rows that Charles Schwab would write'],
    ['XML for a CSV format', '<a/>', { format: 'degiro' }, 'no rows that Degiro would write'],
    ['an unknown format', BOUGHT, { format: 'my-broker' }, 'format is none of'],
    ['a mapping to a column that is not there', BOUGHT, { mapping: '{"columns":{"date":"Wann"}}' }, 'no such column'],
    ['a mapping with another field', BOUGHT, { mapping: '{"columns":{"when":"date"}}' }, 'mapping'],
    ['a mapping to no zone', BOUGHT, { mapping: '{"columns":{"date":"date"},"zone":"Mars"}' }, 'no IANA time zone'],
    ['a row with a problem', line('2025-13-06,buy,AAPL,10,230.10,USD'), {}, 'One row stands in the way'],
    ['a sale of what is not held', line('2025-01-06,sell,AAPL,10,230.10,USD'), {}, 'One row stands in the way'],
    ['a day to come', line('2027-01-06,buy,AAPL,10,230.10,USD'), {}, 'One row stands in the way'],
    ['an unknown instrument', line('2025-01-06,buy,NOSUCH1,10,230.10,USD'), {}, 'One row stands in the way'],
  ])('%s', async (_name, content, fields, reason) => {
    const id = await portfolio();
    const answer = await send(id, content, { fields, query: '' });
    expect([answer.status, answer.code]).toEqual([422, 'invalid_value']);
    expect(answer.text).toContain(reason);
    expect(await transactions(id)).toEqual([]);
  });

  test('fields that are not JSON, not known, or missing; not a form at all; too much', async () => {
    const id = await portfolio();
    expect((await send(id, BOUGHT, { fields: { mapping: '{' } })).code).toBe('unparsable');
    expect((await send(id, BOUGHT, { fields: { symbols: '{"A":"no symbol!"}' } })).code).toBe('invalid_value');
    expect((await send(id, BOUGHT, { fields: { zone: 'UTC' } })).code).toBe('unknown_field');
    expect((await app.as(owner).post(`portfolios/${id}/imports`, {})).code).toBe('unsupported_media_type');
    expect((await send(id, Buffer.alloc(16 * 1_048_576 + 2, 'a'))).code).toBe('too_large');
    expect((await send(id, BOUGHT, { query: '?dryRun=perhaps' })).code).toBe('invalid_value');
  });

  test('a paper portfolio, an archived one, somebody else’s', async () => {
    const paper = (await app.as(owner).post('portfolios', { name: 'Paper', kind: 'paper', baseCurrency: 'USD' })).as<{ id: string }>().id;
    expect((await send(paper, BOUGHT)).code).toBe('portfolio_kind');
    const archived = await portfolio();
    const looked = (await send(archived, BOUGHT)).as<Statement>();
    await app.as(owner).patch(`portfolios/${archived}`, { archived: true });
    expect((await send(archived, BOUGHT)).code).toBe('portfolio_archived');
    expect((await confirm(looked.id)).code).toBe('portfolio_archived');
    const other = await app.user('statement-other');
    expect((await send(archived, BOUGHT, { user: other })).code).toBe('not_found');
    expect((await confirm(looked.id, {}, other)).code).toBe('not_found');
    expect((await app.as(other).get(`imports/${looked.id}/statement`)).code).toBe('not_found');
    expect((await app.as(owner).get('imports/no-id/statement')).status).toBe(422);
  });

  test('a currency for which nobody knows a rate', async () => {
    const id = await portfolio();
    await app.as(owner).post('instruments', { symbol: 'NOUAKCHOTT', name: 'A shop', assetClass: 'other', currency: 'MRU' });
    const content = BOUGHT.replace('AAPL', 'NOUAKCHOTT').replace('USD', 'MRU');
    const looked = (await send(id, content)).as<Statement>();
    expect(looked.counts).toMatchObject({ record: 1 });
    expect((await confirm(looked.id)).code).toBe('no_exchange_rate');
    expect((await send(id, content, { query: '' })).code).toBe('no_exchange_rate');
    // What is refused stays as it was looked at.
    expect((await app.as(owner).get(`imports/${looked.id}/statement`)).as<Statement>().status).toBe('previewed');
    expect(await transactions(id)).toEqual([]);
  });

  test('a confirmation with other fields', async () => {
    const looked = (await send(await portfolio(), BOUGHT)).as<Statement>();
    expect((await confirm(looked.id, { leaveOut: 'everything' })).code).toBe('invalid_value');
    expect((await confirm(looked.id, { rows: [1] })).code).toBe('unknown_field');
  });
});

test('a long file is read on another thread, and as a short one is', async () => {
  const id = await portfolio();
  const rows = Array.from(
    { length: 2_000 },
    (_, row) => `2024-${String((row % 12) + 1).padStart(2, '0')}-15,buy,AAPL,${row + 1},2.50,USD\n`,
  );
  const looked = (
    await send(id, `date,type,symbol,quantity,price,currency\n${rows.join('')}2024-13-01,buy,AAPL,1,1,USD\n`)
  ).as<Statement>();
  expect(looked.counts).toMatchObject({ record: 2_000, problem: 1 });
  // 2.50 x (1 + 2 + ... + 2000) = 2.50 x 2001000 = 5002500
  expect(looked.totals.cash).toEqual([{ currency: 'USD', amount: '-5002500' }]);
  expect((await confirm(looked.id, { leaveOut: 'problems' })).as<Statement>().counts).toMatchObject({ recorded: 2_000 });
  const kept = (await app.as(owner).get(`imports/${looked.id}`)).as<{ errors: { line: number; row: string }[] }>();
  expect(kept.errors).toMatchObject([{ line: 2_002, row: '2024-13-01,buy,AAPL,1,1,USD' }]);
  expect((await send(id, Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(100_000, 'x')]))).code).toBe('invalid_value');
});

test('formats are listed', async () => {
  const { items } = (await app.as(owner).get('statement-formats')).as<{ items: { format: string; title: string }[] }>();
  expect(items).toHaveLength(14);
  expect(items).toContainEqual({ format: 'degiro', title: 'Degiro' });
});

test('a portfolio that keeps no cash takes the trades and leaves the rest', async () => {
  const id = await portfolio({ cashMode: 'implied' });
  const done = (await send(id, fidelity, { query: '' })).as<Statement>();
  expect(done.counts).toMatchObject({ recorded: 4, passed: 3 });
  expect((await transactions(id)).map(({ type }) => type)).toEqual(['buy', 'tax', 'dividend', 'sell']);
});

test('what nobody confirms is forgotten after a day', async () => {
  const id = await portfolio();
  const old = (await send(id, BOUGHT)).as<Statement>();
  await app.db
    .updateTable('imports')
    .set({ created_at: new Date(app.clock.now() - 86_400_001) })
    .where('id', '=', old.id)
    .execute();
  await send(id, BOUGHT);
  expect((await confirm(old.id)).code).toBe('not_found');
});

test('whoever is erased leaves no row of a file behind', async () => {
  const user = await app.user('statement-leaver');
  const looked = (await send(await portfolio({}, user), BOUGHT.replace('2025-01-06', '2025-13-06'), { user })).as<Statement>();
  expect(looked.counts.problem).toBe(1);
  const erased = await app.as(user).delete('me?erase=true', { password: user.password });
  expect(erased.status).toBe(204);
  const left = await app.db.selectFrom('import_errors').select('number').where('import_id', '=', looked.id).execute();
  expect(left).toEqual([]);
});
