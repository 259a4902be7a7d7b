import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let admin: TestUser;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.user('root', 'admin');
  const listing = { symbol: 'DUO', name: 'Duo plc', assetClass: 'stock', currency: 'USD', private: false };
  for (const exchange of ['LSE', 'NYSE']) await app.as(admin).post('instruments', { ...listing, exchange });
  await app.db.updateTable('instruments').set({ is_primary: false }).where('symbol', '=', 'DUO').execute();
  const rows = await app.db.selectFrom('instruments').select('key').where('symbol', '=', 'DUO').execute();
  await app.app.market.reread(rows.map(({ key }) => key));
});
afterAll(() => app.close());

const body = { stock_symbol: 'DUO' };

test.each([
  ['get', 'quotes/DUO', undefined],
  ['get', 'instruments/DUO', undefined],
  ['get', 'instruments/DUO/bars?interval=1d', undefined],
  ['get', 'instruments/DUO/ticks', undefined],
  ['get', 'instruments/DUO/statistics', undefined],
  ['get', 'instruments/DUO/indicators?names=sma20', undefined],
  ['patch', 'instruments/DUO', { name: 'Duo' }],
  ['delete', 'instruments/DUO', undefined],
  ['put', 'instruments/DUO/prices', { prices: [{ day: '2026-01-05', price: '10' }] }],
  ['get', 'pricing/prices/latest?symbol=DUO', undefined],
  ['post', 'pricing/prices/historical', body],
  ['post', 'pricing/prices/statistics', body],
] as const)('%s %s asks which of the two listings is meant', async (method, path, sent) => {
  const client = app.as(admin);
  const answer = method === 'get' ? await client.get(path) : await client[method](path, sent);
  expect([answer.status, answer.text.includes('ambiguous_symbol')]).toEqual([409, true]);
  expect(answer.text).toContain('DUO.LSE, DUO.NYSE');
});

test('a user keeps a thousand private instruments, and is told at the next one', async () => {
  const many = await app.user('many');
  await sql`
    insert into instruments (id, owner_id, symbol, name, asset_class, currency, source, created_at, updated_at)
    select gen_random_uuid(), ${many.id}, 'P' || n, 'Private ' || n, 'other', 'USD', 'manual', now(), now() from generate_series(1, 1000) n`.execute(
    app.db,
  );
  await app.app.market.instruments.refresh();
  const refused = await app.as(many).post('instruments', { symbol: 'ONEMORE', name: 'One more', assetClass: 'other', currency: 'USD' });
  expect([refused.status, refused.code]).toEqual([409, 'conflict']);
  expect(refused.text).toContain('1000 private instruments');
});
