import { decimal } from '@holdfast/engine/money';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryBus } from '../../platform/bus/index.ts';
import { openPools } from '../../platform/db/pool.ts';
import { breakableLine } from '../../testing/breakable-line.ts';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { openAlerts } from './index.ts';
import type { Alerts } from './index.ts';
import { ask, listSymbol, storeBar, tick, titlesOf } from '../../testing/hand-made-market.ts';
import type { TestListing } from '../../testing/hand-made-market.ts';

const MINUTE_MS = 60_000;

let first: TestApp;
let ada: TestUser;
let acme: TestListing;
const others: TestApp[] = [];

beforeEach(async () => {
  first = await startTestApp({ postgresBus: true });
  ada = await first.user('ada');
  acme = await listSymbol(first, 'ACME');
});
afterEach(async () => {
  for (const app of others.splice(0)) await app.close();
  await first.close();
});

async function another(): Promise<TestApp> {
  const app = await startTestApp({ beside: first, postgresBus: true });
  others.push(app);
  return app;
}
const watching = async (...apps: readonly TestApp[]): Promise<readonly TestApp[]> => {
  for (const app of apps) await app.app.alerts.evaluator.start();
  return apps;
};
/** An alert that every server watches: the news of it travel on their own. */
async function known(apps: readonly TestApp[], threshold: string) {
  const alert = await ask(apps, ada, { symbol: 'ACME', condition: 'crossesUp', threshold, repeat: 'recurring' });
  for (const app of apps) await app.app.alerts.evaluator.sweep();
  return alert;
}

test('of two servers that see the same prices one answers each crossing', async () => {
  const both = await watching(first, await another());
  await tick(both, acme, '199');
  const alert = await known(both, '200');
  for (const price of ['201', '202', '199', '203', '198', '204']) await tick(both, acme, price);
  expect(await alert.told()).toEqual(['199 > 201', '199 > 203', '198 > 204']);
  expect(await titlesOf(first.db, ada)).toHaveLength(3);
});

test('a server that sees fewer prices, later, tells nothing twice', async () => {
  const second = await another();
  const both = await watching(first, second);
  await tick(both, acme, '199');
  const alert = await known(both, '200');
  await tick([first], acme, '201');
  await second.app.alerts.evaluator.settled();
  // The second server missed 201 and takes 202 for the crossing.
  await tick([second], acme, '202');
  await tick(both, acme, '203');
  expect(await alert.told()).toEqual(['199 > 201']);
  await tick(both, acme, '199');
  await tick(both, acme, '205');
  expect(await alert.told()).toEqual(['199 > 201', '199 > 205']);
});

test('two servers at the same moment: the slower answer is let go', async () => {
  const second = await another();
  const both = await watching(first, second);
  await tick(both, acme, '199');
  const alert = await known(both, '200');
  first.clock.advance(1_000);
  const nothing = { bid: null, ask: null, bidSize: null, askSize: null, lastSize: null, open: null, high: null, low: null, volume: null };
  const sample = { ...nothing, previousClose: null, instrumentKey: acme.key, symbol: 'ACME', source: 'import', at: first.clock.now() };
  // They do not even agree on the number of the price.
  first.app.market.quotes.show([{ ...sample, last: decimal('201'), number: 1_000_001 }]);
  second.app.market.quotes.show([{ ...sample, last: decimal('201.5'), number: 1_000_002 }]);
  await Promise.all(both.map((app) => app.app.alerts.evaluator.settled()));
  await Promise.all(both.map((app) => app.app.alerts.evaluator.settled()));
  expect(await alert.told()).toHaveLength(1);
  expect(await titlesOf(first.db, ada)).toHaveLength(1);
});

test('after a restart a crossing that happened meanwhile is told once, and one that was told before is not', async () => {
  const second = await another();
  await watching(second);
  await tick([second], acme, '199');
  const crossed = await known([second], '200');
  const later = await known([second], '210');
  await tick([second], acme, '201');
  await second.app.alerts.evaluator.close();
  const from = Math.ceil(first.clock.now() / MINUTE_MS) * MINUTE_MS;
  await storeBar(first.db, acme, { at: from, interval: '1m', high: '211', low: '201', close: '202' });
  first.clock.set(from + 3 * MINUTE_MS);
  await watching(first);
  await first.app.alerts.evaluator.settled();
  expect([await crossed.told(), await later.told()]).toEqual([['199 > 201'], ['201 > 211']]);
  await tick([first], acme, '203');
  expect(await crossed.told()).toEqual(['199 > 201']);
});

/** A server whose wire to the database can be cut, to be killed between seeing a crossing and writing it. */
async function watchOver(url: string): Promise<Pick<Alerts, 'evaluator'> & { readonly stop: () => Promise<void> }> {
  const pools = openPools({ url, size: 4, statementTimeoutMs: 5_000 });
  const { market, trading, messages } = first.app;
  const ignore = (): void => undefined;
  const { evaluator } = openAlerts({
    db: pools.db,
    clock: first.clock,
    bus: createMemoryBus({ onError: ignore }),
    instruments: market.instruments.book,
    quotes: market.quotes.board,
    rates: market.rates,
    history: market.history,
    states: trading.states,
    desk: trading.desk,
    news: trading.news,
    notifier: messages.notifier,
    onError: ignore,
  });
  await evaluator.start();
  const stop = async (): Promise<void> => {
    await evaluator.close();
    await pools.close();
  };
  return { evaluator, stop };
}

test('a server that is killed between seeing a crossing and writing it: the next one tells it, once', async () => {
  const line = await breakableLine(first.databaseUrl);
  const doomed = await watchOver(line.url);
  await tick([first], acme, '199');
  const alert = await ask([first], ada, { symbol: 'ACME', condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  await doomed.evaluator.sweep();
  line.cut();
  await tick([first], acme, '201');
  await doomed.stop();
  expect(await alert.told()).toEqual([]);
  await watching(first);
  await first.app.alerts.evaluator.settled();
  await tick([first], acme, '202');
  expect(await alert.told()).toEqual(['199 > 201']);
  expect(await titlesOf(first.db, ada)).toHaveLength(1);
});

test('how far a server came is not written down before its answers are', async () => {
  const doomed = await watchOver(first.databaseUrl);
  await tick([first], acme, '199');
  const alert = await ask([first], ada, { symbol: 'ACME', condition: 'crossesUp', threshold: '200' });
  await doomed.evaluator.sweep();
  await first.pool.query('alter table alert_events rename to alert_events_away');
  await tick([first], acme, '201');
  await doomed.evaluator.sweep();
  await doomed.stop();
  await first.pool.query('alter table alert_events_away rename to alert_events');
  await watching(first);
  await first.app.alerts.evaluator.settled();
  expect(await alert.told()).toEqual(['199 > 201']);
});

test('a server whose database is away for a while writes what it saw when it is back', async () => {
  const line = await breakableLine(first.databaseUrl);
  const patient = await watchOver(line.url);
  await tick([first], acme, '199');
  const alert = await ask([first], ada, { symbol: 'ACME', condition: 'crossesUp', threshold: '200' });
  await patient.evaluator.sweep();
  line.cut();
  await tick([first], acme, '201');
  line.mend();
  await until(async () => (await alert.told()).length === 1);
  await patient.stop();
  expect([await alert.told(), await alert.status()]).toEqual([['199 > 201'], 'fired']);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}
