/** A market in the hands of a test: listings whose ticks and bars the test makes, and servers that watch them. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Db } from '../platform/db/pool.ts';
import { newId } from '../platform/ids.ts';
import type { Quote } from '../features/quotes/index.ts';
import type { TestUser } from './builders.ts';
import type { TestApp } from './test-app.ts';

export interface TestListing {
  readonly symbol: string;
  readonly key: number;
}

const SOURCE = 'import';

/** Lists a symbol whose prices come from nowhere but the test. */
export async function listSymbol(app: TestApp, symbol: string): Promise<TestListing> {
  const at = new Date(app.clock.now());
  const row = await app.db
    .insertInto('instruments')
    .values({
      id: newId(app.clock.now()),
      symbol,
      name: `The ${symbol} Company`,
      asset_class: 'stock',
      currency: 'USD',
      source: SOURCE,
      created_at: at,
      updated_at: at,
    })
    .returning('key')
    .executeTakeFirstOrThrow();
  await app.app.market.instruments.refresh();
  return { symbol, key: row.key };
}

/** A price, and what else the market says with it. */
export type ShownPrice = Partial<Quote> & { readonly price: string };

let numbered = 0;

/** Shows a price to some servers, a second later than the last one. The first of them sees it first. */
export async function tick(apps: readonly TestApp[], listing: TestListing, shown: string | ShownPrice): Promise<void> {
  const { price, ...more } = typeof shown === 'string' ? { price: shown } : shown;
  const [first] = apps;
  if (first === undefined) return;
  first.clock.advance(1_000);
  numbered += 1;
  const nothing = { bid: null, ask: null, bidSize: null, askSize: null, lastSize: null, open: null, high: null, low: null, volume: null };
  const quote: Quote = {
    ...nothing,
    previousClose: null,
    instrumentKey: listing.key,
    symbol: listing.symbol,
    last: decimal(price),
    at: first.clock.now(),
    source: SOURCE,
    number: numbered,
    ...more,
  };
  for (const app of apps) app.app.market.quotes.show([quote]);
  for (const app of apps) await app.app.alerts.evaluator.settled();
}

/** Stores a bar as an import would. */
export async function storeBar(
  db: Db,
  listing: TestListing,
  {
    at,
    interval,
    high,
    low,
    close,
  }: { readonly at: number; readonly interval: '1m' | '1h' | '1d'; readonly high: string; readonly low: string; readonly close: string },
): Promise<void> {
  const figures = { open: close, high, low, close, volume: '1', source: SOURCE };
  await db
    .insertInto('bars')
    .values({ instrument_key: listing.key, interval, at: new Date(at), ...figures })
    .execute();
}

export interface AskedAlert {
  readonly id: string;
  /** Values and the values before, oldest first. */
  told(): Promise<readonly string[]>;
  status(): Promise<string>;
}

/** Asks an alert and waits until the servers watch it. */
export async function ask(apps: readonly TestApp[], owner: TestUser, body: object): Promise<AskedAlert> {
  const [app] = apps;
  if (app === undefined) throw new Error('No server was named.');
  const answer = await app.as(owner).post('alerts', body);
  if (answer.status !== 201) throw new Error(`The alert was refused: ${answer.text}`);
  const { id } = answer.as<{ id: string }>();
  for (const one of apps) await one.app.alerts.evaluator.settled();
  return {
    id,
    told: async () => {
      const rows = await app.db.selectFrom('alert_events').selectAll().where('alert_id', '=', id).orderBy('id').execute();
      const shown = (value: string | null) => (value === null ? '?' : formatDecimal(decimal(value)));
      return rows.map(({ before, value }) => `${shown(before)} > ${shown(value)}`);
    },
    status: async () => (await app.db.selectFrom('alerts').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status,
  };
}

/** The titles of what a user was told, oldest first. */
export async function titlesOf(db: Db, user: TestUser): Promise<readonly string[]> {
  const rows = await db.selectFrom('notifications').select('title').where('user_id', '=', user.id).orderBy('id').execute();
  return rows.map(({ title }) => title);
}
