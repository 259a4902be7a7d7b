/**
 * P2: the order desk without HTTP, orders committed a second.
 *
 * Mix: market orders, seven buys to three sells, over 1,000 paper portfolios, a clientOrderId each, 512 under way at any time.
 * Yardstick: the same decisions and the same statement, but one transaction for each order, on 10 connections with one order under way each.
 * Both run in this process on one embedded database with fsync and synchronous commit on, over portfolios of their own.
 * Not included: HTTP, tokens, JSON, request logs.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '@holdfast/engine/money';
import { createApp } from '../../apps/server/src/app.ts';
import type { App } from '../../apps/server/src/app.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import { createMarket, openDesk, PortfolioStates } from '../../apps/server/src/features/desk/index.ts';
import type { Desk } from '../../apps/server/src/features/desk/index.ts';
import { openPlatform } from '../../apps/server/src/open-platform.ts';
import type { OpenPlatform } from '../../apps/server/src/open-platform.ts';
import { discardEmbeddedDatabase } from '../../apps/server/src/platform/db/embedded/index.ts';
import { openPools } from '../../apps/server/src/platform/db/pool.ts';
import { newId } from '../../apps/server/src/platform/ids.ts';
import { silentLogger } from '../../apps/server/src/platform/observe/index.ts';
import { alternate } from './measure/alternate.ts';
import { comparedOutcome } from './measure/outcome.ts';
import type { Bench } from './measure/settings.ts';
import { checkBooks } from './subject/check-books.ts';
import { serverEnvironment } from './subject/server.ts';

const PORTFOLIOS = 1_000;
const UNDER_WAY = 512;
const CONNECTIONS = 10;
const BATCHES_OF_ONE = { lanes: CONNECTIONS, mostPerBatch: 1 };

export const commitOrders: Bench = async ({ rounds, seconds }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const config = readConfig({ environment: { ...serverEnvironment(dataDir, 0), NODE_ENV: 'test' }, folder: dataDir });
  const logger = silentLogger();
  const platform = await openPlatform(config, { log: { logger, writeRequest: () => undefined } });
  const app = await createApp(platform);
  const pools = openPools({ url: String(platform.pool.options.connectionString), size: CONNECTIONS, statementTimeoutMs: 20_000 });
  try {
    const [own, others] = [await openPortfolios(platform), await openPortfolios(platform)];
    const desks = {
      batched: openDesk({ pool: platform.pool, states: new PortfolioStates(platform.pool), market: marketOf(app, platform), logger }),
      single: openDesk({
        pool: pools.pool,
        states: new PortfolioStates(pools.pool),
        market: marketOf(app, platform),
        logger,
        ...BATCHES_OF_ONE,
      }),
    };
    for (const [desk, portfolios] of [[desks.batched, own], [desks.single, others]] as const) await stock({ app, platform, desk, portfolios }); // prettier-ignore
    const compared = await alternate(rounds, {
      subject: () => submitFor({ app, platform, desk: desks.batched, portfolios: own }, { seconds, width: UNDER_WAY }),
      yardstick: () => submitFor({ app, platform, desk: desks.single, portfolios: others }, { seconds, width: CONNECTIONS }),
    });
    await checkBooks(platform.pool);
    const notes = [`${UNDER_WAY} orders under way; the yardstick has one on each of ${CONNECTIONS} connections.`, 'The books add up.'];
    return [comparedOutcome({ row: 'P2', title: 'Order desk without HTTP', unit: 'orders/s', goal: { atLeast: 15 }, notes }, compared)];
  } finally {
    await pools.close();
    await app.close();
    await platform.close();
    await discardEmbeddedDatabase(dataDir, { info: () => undefined, warn: console.warn });
  }
};

interface Session {
  readonly app: App;
  readonly platform: OpenPlatform;
  readonly desk: Desk;
  readonly portfolios: readonly Owned[];
}

interface Owned {
  readonly portfolioId: string;
  readonly userId: string;
}

function marketOf(app: App, { clock }: OpenPlatform) {
  const { instruments, quotes, rates } = app.market;
  return createMarket({ clock, quotes: quotes.board, instruments: instruments.book, rates, sessionOf: () => null });
}

/** Written as rows: what opens a portfolio is not measured here, and a user needs no password. */
async function openPortfolios({ pool, clock }: OpenPlatform): Promise<readonly Owned[]> {
  const userId = newId(clock.now());
  await pool.query('insert into users (id, email, password_hash, created_at, updated_at) values ($1, $2, $3, now(), now())', [
    userId,
    `${userId}@example.com`,
    'none',
  ]);
  const ids = Array.from({ length: PORTFOLIOS }, () => newId(clock.now()));
  await pool.query(
    `insert into portfolios (id, user_id, name, kind, cash_mode, base_currency, created_at, updated_at)
     select id, $2, 'Bench', 'paper', 'full', 'USD', now(), now() from unnest($1::uuid[]) as g(id)`,
    [ids, userId],
  );
  await pool.query('insert into portfolio_heads (portfolio_id, credit_limit) select id, 0 from unnest($1::uuid[]) as g(id)', [ids]);
  return ids.map((portfolioId) => ({ portfolioId, userId }));
}

/** Cash for as long as the bench runs, and shares to sell. */
async function stock(session: Session): Promise<void> {
  await Promise.all(
    session.portfolios.map(async ({ portfolioId, userId }) => {
      const by = { userId, tokenVersion: 1, requestId: 'bench', ip: '127.0.0.1' };
      const amount = decimal('10000000000');
      const requestHash = Buffer.alloc(0);
      await session.desk.submit({
        kind: 'cash',
        portfolioId,
        by,
        type: 'deposit',
        amount,
        currency: 'USD',
        idempotencyKey: null,
        requestHash,
      });
      await submitOrder(session, { portfolioId, userId }, { side: 'buy', quantity: '1000000' });
    }),
  );
}

/** Orders committed a second, with `width` under way. */
async function submitFor(session: Session, { seconds, width }: { readonly seconds: number; readonly width: number }): Promise<number> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  let committed = 0;
  let next = 0;
  const worker = async () => {
    while (performance.now() < endsAt) {
      const owned = session.portfolios[(next += 1) % session.portfolios.length];
      if (owned === undefined) return;
      await submitOrder(session, owned, { side: next % 10 < 7 ? 'buy' : 'sell', quantity: String((next % 5) + 1) });
      committed += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return committed / ((performance.now() - startedAt) / 1_000);
}

async function submitOrder(
  { app, platform, desk }: Session,
  { portfolioId, userId }: Owned,
  order: { readonly side: 'buy' | 'sell'; readonly quantity: string },
): Promise<void> {
  const instrument = app.market.instruments.book.resolve('AAPL');
  if (instrument === null) throw new Error('There is no instrument to trade.');
  const id = newId(platform.clock.now());
  const outcome = await desk.submit({
    kind: 'place',
    portfolioId,
    by: { userId, tokenVersion: 1, requestId: 'bench', ip: '127.0.0.1' },
    request: {
      id,
      side: order.side,
      type: 'market',
      timeInForce: 'day',
      quantity: decimal(order.quantity),
      notional: null,
      limitPrice: null,
      terms: null,
    },
    instrument,
    clientOrderId: id,
    idempotencyKey: null,
    requestHash: Buffer.from(id),
  });
  if (outcome.kind !== 'order' || outcome.order.status !== 'filled') throw new Error('An order was not filled.');
}
