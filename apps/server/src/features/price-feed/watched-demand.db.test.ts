/** What somebody watches is wanted: its price is fetched by the clock, though nobody holds it and nobody looks. */
import { expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import { finnhubAnswers } from '../../testing/vendor-answers.ts';
import { startVendorServer } from '../../testing/vendor-server.ts';

/** Longer than what somebody looked at stays wanted; four of them are within the session. */
const LATER_MS = 65 * 60_000;

test('a watched symbol is fetched while an active user watches it', async () => {
  const finnhub = await startVendorServer(finnhubAnswers);
  const app = await startTestApp({
    now: '2026-01-07T15:30:30.000Z',
    settings: { MARKET_DATA_PROVIDER: 'finnhub', STOCK_API_KEY: 'key', FINNHUB_URL: finnhub.url, FINNHUB_SOCKET_URL: finnhub.socketUrl },
  });
  onTestFinished(async () => {
    await app.close();
    await finnhub.close();
  });
  const signIn = async ({ email, password }: TestUser) =>
    app.as((await app.anonymous.post('auth/login', { email, password })).as<{ accessToken: string }>());
  const fetched = async (): Promise<number> => {
    app.clock.advance(LATER_MS);
    const before = finnhub.asked.length;
    const job = app.app.market.jobs.find(({ name }) => name === 'fetch-prices');
    await job?.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: true, signal: new AbortController().signal });
    return finnhub.asked.slice(before).filter(({ pathname }) => pathname === '/quote').length;
  };

  // With a price already, so that nothing is fetched on adding.
  expect((await app.anonymous.get('quotes/IBM')).status).toBe(200);
  const ada = await app.user('ada');
  const { id } = (await app.as(ada).post('watchlists', { name: 'Watched' })).as<{ id: string }>();
  const added = await app.as(ada).post(`watchlists/${id}/items`, { items: [{ symbol: 'IBM' }, { symbol: 'NOSUCH' }] });
  expect(added.as<{ items: { outcome: string }[] }>().items.map(({ outcome }) => outcome)).toEqual(['added', 'unknownSymbol']);
  expect(await fetched()).toBe(1);
  await (await signIn(ada)).delete(`watchlists/${id}/items/IBM`);
  expect(await fetched()).toBe(0);
  await (await signIn(ada)).post(`watchlists/${id}/items`, { items: [{ symbol: 'IBM' }] });
  expect(await fetched()).toBe(1);
  // Who has left watches nothing.
  await (await signIn(ada)).delete('me');
  expect(await fetched()).toBe(0);
});
