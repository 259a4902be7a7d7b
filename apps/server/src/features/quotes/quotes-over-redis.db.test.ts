/** Prices of one server on the board of another: told over Redis where there is one, else over PostgreSQL. */
import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../platform/redis/index.ts';
import { startTestApp } from '../../testing/test-app.ts';
import { testRedis } from '../../testing/test-database.ts';
import type { TestRedis } from '../../testing/test-database.ts';

const redis = testRedis();

/** The channels that something is said on from now on. */
async function listenTo({ url, keyPrefix }: TestRedis): Promise<readonly string[]> {
  const connection = await connectRedis({ url, prefix: keyPrefix });
  onTestFinished(() => connection.close());
  const ears = await connection.duplicate(() => undefined);
  onTestFinished(() => ears.destroy());
  const told: string[] = [];
  await ears.pSubscribe(`${keyPrefix}*`, (_message, channel) => told.push(channel));
  return told;
}

test.each([
  { over: 'PostgreSQL', options: { postgresBus: true }, redis: null },
  ...(redis === undefined ? [] : [{ over: 'Redis', options: { redis }, redis }]),
])('a price given at one server is on the board of the other, told over $over', async ({ options, redis: heard }) => {
  const here = await startTestApp(options);
  onTestFinished(() => here.close());
  const there = await startTestApp({ ...options, beside: here });
  onTestFinished(() => there.close());
  const told = heard === null ? null : await listenTo(heard);
  const root = here.as(await here.user('root', 'admin'));
  await root.post('instruments', { symbol: 'SHARE', name: 'Share', assetClass: 'stock', currency: 'USD', private: false });
  const seen = async () => (await there.anonymous.get('quotes/SHARE')).as<{ last?: string }>().last;
  for (const price of ['10', '12.5']) {
    await root.put('instruments/SHARE/prices', { prices: [{ day: '2026-01-02', price }] });
    while ((await seen()) !== price) await new Promise(setImmediate);
  }
  if (told !== null) expect(told.some((channel) => channel.includes('quotes.stored'))).toBe(true);
});
