/** A watchlist costs a fixed number of SQL statements, however many items it has. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestClient } from '../../testing/test-client.ts';

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await startTestApp();
  client = app.as(await app.user('watcher', 'premium'));
});
afterAll(() => app.close());

/** A list with that many instruments of computed and of stored prices each. */
async function listOf(count: number): Promise<string> {
  const { id } = (await client.post('watchlists', { name: `${count} each` })).as<{ id: string }>();
  const computed = app.app.market.instruments.book.listPublic().map(({ symbol }) => symbol);
  const stored = Array.from({ length: count }, (_, at) => `OWN${count}X${at}`);
  for (const symbol of stored) {
    await client.post('instruments', { symbol, name: symbol, assetClass: 'other', currency: 'USD' });
    await client.put(`instruments/${symbol}/prices`, { prices: [{ day: '2026-01-02', price: '5' }] });
  }
  const items = [...computed.slice(0, count), ...stored].map((symbol) => ({ symbol }));
  await client.post(`watchlists/${id}/items`, { items });
  return id;
}

/** The statements that a question sends, as far as they read, and how many items it answers. */
async function statementsOf(url: string) {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  try {
    const { items } = (await client.get(url)).as<{ items: { sparkline: number[]; quote: object | null }[] }>();
    const texts = sent.mock.calls.map(([query]: readonly unknown[]) =>
      typeof query === 'string' ? query : (query as { readonly text: string }).text,
    );
    return { items, texts: texts.filter((text) => /^\s*(with|select)/i.test(text)) };
  } finally {
    sent.mockRestore();
  }
}

test('one item or sixty: the same three statements, every item with its quote and its line', async () => {
  const [one, sixty] = [await listOf(1), await listOf(30)];
  for (const path of ['', '/items?limit=500']) {
    const small = await statementsOf(`watchlists/${one}${path}`);
    const large = await statementsOf(`watchlists/${sixty}${path}`);
    expect([small.items.length, large.items.length]).toEqual([2, 60]);
    expect(large.texts).toEqual(small.texts);
    // Whose it is, its items, the closes of those that are stored.
    expect(large.texts).toHaveLength(3);
    expect(large.items.every(({ quote, sparkline }) => quote !== null && sparkline.length > 0)).toBe(true);
  }
});
