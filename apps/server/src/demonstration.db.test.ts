import { expect, onTestFinished, test } from 'vitest';
import { startTestApp } from './testing/test-app.ts';

test('a newcomer’s first look: the demonstration account follows instruments with targets', async () => {
  const app = await startTestApp();
  onTestFinished(() => app.close());
  const { email, password } = await app.app.seedDemonstration();
  const client = app.as((await app.anonymous.post('auth/login', { email, password })).as<{ accessToken: string }>());
  const { items: lists } = (await client.get('watchlists')).as<{ items: { id: string; isDefault: boolean }[] }>();
  expect(lists).toMatchObject([{ name: 'Ideas', isDefault: true, itemCount: 5 }]);
  const { items } = (await client.get(`watchlists/${lists[0]?.id}/items`)).as<{
    items: { symbol: string; targetDistancePercent: number }[];
  }>();
  // The targets are shares of the price of that moment: 0.9, 0.95, 1.1, 0.97 and 0.8.
  expect(items.map(({ symbol, targetDistancePercent }) => `${symbol} ${Math.round(targetDistancePercent)}`)).toEqual([
    'NVDA -10',
    'JPM -5',
    'KO 10',
    'GLD -3',
    'ETH -20',
  ]);
});
