import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from './testing/test-app.ts';
import type { TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test('the figures tell of the desk, of connections and of the stream', async () => {
  const ann = await app.user('ann');
  app.app.market.quotes.beat();
  const { id } = (await app.as(ann).post('portfolios', { name: 'Practice', kind: 'paper' })).as<{ id: string }>();
  await app.as(ann).post(`portfolios/${id}/orders`, { symbol: 'AAPL', side: 'buy', type: 'market', quantity: '1' });
  const admin = await app.user('root', 'admin');
  const text = (await app.as(admin).get('/metrics')).text;
  // One order: one batch with one command in it.
  expect(text).toMatch(/^desk_batch_commands_count 1$/m);
  expect(text).toMatch(/^desk_batch_commands_sum 1$/m);
  expect(text).toMatch(/^desk_batch_seconds_count 1$/m);
  expect(text).toMatch(/^database_connections\{state="waiting"\} 0$/m);
  expect(text).toMatch(/^stream_clients 0$/m);
});
