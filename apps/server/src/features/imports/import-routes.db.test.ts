/** Uploads of tick files: once each, whole or not at all, by whom, and what is told of them. */
import type { ImportSummary } from '@holdfast/contract/imports';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestAnswer } from '../../testing/test-client.ts';
import { TICK_HEADER, tickImporter, tickRow, ticksOf } from '../../testing/tick-importer.ts';
import type { TickImporter } from '../../testing/tick-importer.ts';

let app: TestApp;
let importer: TickImporter;
beforeAll(async () => {
  app = await startTestApp();
  importer = await tickImporter(app);
});
afterAll(() => app.close());

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
  const content = [TICK_HEADER, tickRow('TWICE.NYSE')].join('\n');
  const first = await importer.imported(content);
  const before = await everythingImported();
  const again = await importer.send(content);
  expect((await importer.send(content, { fileName: 'renamed.csv' })).code).toBe('import_exists');

  expect(await everythingImported()).toBe(before);
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({ code: 'import_exists', existingId: first.id });
  expect(await ticksOf(app, 'TWICE')).toHaveLength(1);
});

test('I17: the same file eight times at once is imported once', async () => {
  const content = [TICK_HEADER, tickRow('PARALLEL.NYSE')].join('\n');
  const answers = await Promise.all(Array.from({ length: 8 }, () => importer.send(content)));
  const taken = answers.filter(({ status }) => status === 202);

  expect(taken).toHaveLength(1);
  expect(answers.filter(({ code }) => code === 'import_exists')).toHaveLength(7);
  await importer.ended(taken[0]?.as<{ importId: string }>().importId ?? '');
  expect(await ticksOf(app, 'PARALLEL')).toHaveLength(1);
});

test('the same request with the same key is answered alike; the key with another file is refused', async () => {
  const content = [TICK_HEADER, tickRow('KEYED.NYSE')].join('\n');
  const headers = { 'idempotency-key': 'one-key' };
  const first = await importer.send(content, { headers });
  const again = await importer.send(content, { headers });
  const other = await importer.send(`${content}\n`, { headers });

  expect(again.status).toBe(202);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(other.code).toBe('idempotency_key_reused');
});

test('several files in a zip in a zip, in one import', async () => {
  const inner = zipSync({ 'b.csv': strToU8([TICK_HEADER, tickRow('ZIPB.NYSE')].join('\n')), '__MACOSX/._b.csv': strToU8('litter') });
  const outer = zipSync({
    'a.csv': strToU8([TICK_HEADER, tickRow('ZIPA.NYSE')].join('\n')),
    'inner.zip': inner,
    'folder/readme.md': strToU8('# read me'),
  });
  const result = await importer.imported(outer, { fileName: 'outer.zip' });

  expect(result).toMatchObject({ status: 'done', rowsStored: 2, fileName: 'outer.zip' });
  expect(result.detail).toContain('outer.zip/folder/readme.md');
  expect(await ticksOf(app, 'ZIPB')).toHaveLength(1);
});

test('I17: one bad file in an archive and nothing of the archive is stored', async () => {
  const outer = zipSync({
    'good.csv': strToU8([TICK_HEADER, tickRow('GOOD.NYSE')].join('\n')),
    'bad.csv': strToU8('Ticker,Date,Time\nX,1,2'),
  });
  const result = await importer.imported(outer, { fileName: 'mixed.zip' });

  expect(result).toMatchObject({ status: 'failed', rowsStored: 0 });
  expect(result.detail).toContain('mixed.zip/bad.csv: The header has no column LTP, BuyPrice');
  expect(await app.db.selectFrom('instruments').select('symbol').where('symbol', '=', 'GOOD').execute()).toEqual([]);
  // A file that failed may be sent again.
  expect((await importer.imported(outer, { fileName: 'mixed.zip' })).status).toBe('failed');
});

const half = zipSync({
  'half.csv': strToU8(`${TICK_HEADER}\n${Array.from({ length: 2_000 }, (_, n) => tickRow(`H${n}.NYSE`)).join('\n')}`),
}).subarray(0, 5_000);
test.each([
  ['a wrong header', 'Symbol,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest\n', 'The header has no column Ticker.'],
  ['a column too many', `${TICK_HEADER},Exchange\n`, 'The header has the column "Exchange" that no tick file has.'],
  ['half a zip', half, 'is no readable zip archive'],
  ['no text at all', Buffer.from([0, 1, 2, 3, 255, 254]), 'The header has no column'],
  ['a zip without a CSV', zipSync({ 'a.pdf': strToU8('%PDF') }), 'holds no CSV file'],
  ['a damaged entry', damaged(), 'is damaged'],
  [
    '80 MB of spaces in 80 kB',
    zipSync({ 'bomb.csv': strToU8(`${TICK_HEADER}\n${' '.repeat(80_000_000)}`) }),
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
  const result = await importer.imported(content, { fileName: 'wrong.zip' });

  expect(result.status).toBe('failed');
  expect(result.detail).toContain(reason);
  expect(await ticks()).toBe(before);
});

function damaged(): Uint8Array {
  const stored = zipSync({ 'flip.csv': [strToU8(`${TICK_HEADER}\n${tickRow('FLIP.NYSE')}\n`), { level: 0 }] });
  const at = Buffer.from(stored).indexOf('FLIP');
  stored[at] = 'B'.charCodeAt(0);
  return stored;
}

function nested(depth: number): Uint8Array {
  let content = zipSync({ 'deep.csv': strToU8([TICK_HEADER, tickRow('DEEP.NYSE')].join('\n')) });
  for (let level = 1; level < depth; level += 1) content = zipSync({ 'deeper.zip': content });
  return content;
}

test('progress and end are facts on the stream, in a sequence without gaps', async () => {
  const { id } = await importer.imported([TICK_HEADER, tickRow('FACTS.NYSE')].join('\n'));
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
  const { id } = await importer.imported([TICK_HEADER, tickRow('AUDITED.NYSE')].join('\n'));
  const entries = await app.db.selectFrom('audit_entries').select(['action', 'actor_id', 'details']).where('subject_id', '=', id).execute();

  expect(entries).toEqual([
    { action: 'ticks.imported', actor_id: importer.admin.id, details: { rowsStored: 1, rowsRejected: 0, instruments: 1 } },
  ]);
});

test('only administrators import, and only they and the importer see it', async () => {
  const standard = await app.user('standard');
  expect((await importer.send([TICK_HEADER, tickRow('DENIED.NYSE')].join('\n'), { user: standard })).code).toBe('forbidden');
  const { id } = await importer.imported([TICK_HEADER, tickRow('OWNED.NYSE')].join('\n'));

  expect((await app.as(standard).get(`imports/${id}`)).code).toBe('not_found');
  expect((await app.as(standard).get('imports')).body).toEqual({ items: [], nextCursor: null });
  expect((await app.anonymous.get(`imports/${id}`)).code).toBe('unauthenticated');
  const page = (await app.as(importer.admin).get('imports?limit=1')).as<{ items: ImportSummary[]; nextCursor: string }>();
  expect(page.items[0]?.id).toBe(id);
  const next = (await app.as(importer.admin).get(`imports?limit=1&cursor=${page.nextCursor}`)).as<{ items: ImportSummary[] }>();
  expect(next.items[0]?.id).not.toBe(id);
});

test('a form without a file, with another field, or no form', async () => {
  const form = (body: string): Promise<TestAnswer> =>
    app
      .as(importer.admin)
      .post('imports/ticks', undefined, { payload: body, headers: { 'content-type': 'multipart/form-data; boundary=b' } });

  expect((await form('--b\r\ncontent-disposition: form-data; name="zone"\r\n\r\nUTC\r\n--b--\r\n')).code).toBe('invalid_value');
  expect((await form('--b\r\ncontent-disposition: form-data; name="colour"\r\n\r\nred\r\n--b--\r\n')).code).toBe('unknown_field');
  expect((await app.as(importer.admin).post('imports/ticks', { file: 'x' })).code).toBe('unsupported_media_type');
  expect((await importer.send('')).code).toBe('invalid_value');
});
