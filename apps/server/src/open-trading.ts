/** Portfolios, the order desk and everything that reads them, wired for app.ts. */
import { hasCalendar, isOpen, nextClose, nextOpen } from '@holdfast/engine/time';
import type pg from 'pg';
import { bindAllocationRoutes } from './features/allocation/index.ts';
import type { UserCreatedHandler, UserErasedHandler } from './features/accounts/index.ts';
import { findUser } from './features/accounts/index.ts';
import { accruedOf } from './features/bonds/index.ts';
import { createDeskNews, createMarket, openDesk, PortfolioStates } from './features/desk/index.ts';
import type { Desk, DeskNews, PortfolioState, SessionOf } from './features/desk/index.ts';
import type { InstrumentBook } from './features/instruments/index.ts';
import { bindOrderRoutes, cancelOrders, createOrderMatcher } from './features/orders/index.ts';
import {
  bindPerformanceRoutes,
  checkSnapshots,
  createCloseSeries,
  createFiguresAsOf,
  openPerformanceThreads,
  pastMoment,
  snapshotJobs,
} from './features/performance/index.ts';
import type { PerformanceThreads } from './features/performance/index.ts';
import { bindPortfolioRoutes, erasePortfolioRows, openDefaultPortfolio } from './features/portfolios/index.ts';
import { bindPositionRoutes, createPortfolioTotals } from './features/positions/index.ts';
import type { PriceHistory } from './features/bars/index.ts';
import type { QuoteBoard } from './features/quotes/index.ts';
import { auditBars, auditPortfolios } from './features/rebuild/index.ts';
import type { AuditOptions, AuditTotals, BarDifference } from './features/rebuild/index.ts';
import { bindStatementRoutes, eraseStatements, openStatementThreads } from './features/statements/index.ts';
import { bindTransactionRoutes, recountHoldings } from './features/transactions/index.ts';
import type { Bus } from './platform/bus/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Db } from './platform/db/pool.ts';
import type { Replica } from './platform/db/replica.ts';
import { within } from './platform/db/transact.ts';
import type { ServeContext } from './platform/http/index.ts';
import type { Job } from './platform/jobs/index.ts';
import type { Logger, Metrics } from './platform/observe/index.ts';
import type { ExchangeRates } from './providers/exchange-rates/index.ts';

export interface TradingNeeds {
  readonly clock: Clock;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly replica?: Pick<Replica, 'upTo'>;
  /** Tells that an import has new facts. */
  readonly bus: Bus;
  /** Carries the news of the desk. */
  readonly fanOut: Bus;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  readonly rates: ExchangeRates;
  readonly history: PriceHistory;
  readonly metrics: Metrics;
  /** Told of the size of each batch of the desk and the seconds its commit took. */
  readonly observeBatch?: (size: number, seconds: number) => void;
}

export interface TradingFigures {
  readonly totals: ReturnType<typeof createPortfolioTotals>;
  readonly series: ReturnType<typeof createCloseSeries>;
  readonly threads: PerformanceThreads;
}

export interface Trading {
  /** The daily snapshots. */
  readonly jobs: readonly Job[];
  /** What figures over time and sums of a portfolio come from. */
  readonly figures: TradingFigures;
  readonly desk: Desk;
  /** What the desks of other servers changed. */
  readonly news: DeskNews;
  readonly states: PortfolioStates;
  readonly onUserCreated: UserCreatedHandler;
  readonly onUserErased: UserErasedHandler;
  bindRoutes(context: ServeContext): void;
  /** Rebuilds every derived figure of portfolios from its facts and tells what differs. */
  audit(options: AuditOptions): Promise<AuditTotals>;
  /** The same for the bars of days that have ticks; answers how many days those are. */
  auditBars(onDifference: (difference: BarDifference) => void): Promise<number>;
  /** Begins to match resting orders against the market. */
  start(): Promise<void>;
  /** Stops matching and waits for what the desk has in hand. */
  close(): Promise<void>;
}

export function openTrading(needs: TradingNeeds): Trading {
  const { clock, db, pool, logger, instruments, quotes, rates, observeBatch } = needs;
  const states = new PortfolioStates(pool);
  const market = createMarket({ clock, quotes, instruments, rates, sessionOf });
  const desk = openDesk({ pool, states, market, logger, ...(observeBatch === undefined ? {} : { observe: observeBatch }) });
  const onError = (error: unknown) => logger.error({ err: error }, 'the other servers could not be told of orders');
  const news = createDeskNews({ bus: needs.fanOut, desk, onError });
  const matcher = createOrderMatcher({ pool, desk, news, quotes, clock, logger });
  const totals = createPortfolioTotals(db, rates);
  const threads = openPerformanceThreads(needs.metrics);
  const statementThreads = openStatementThreads(needs.metrics);
  const series = createCloseSeries({ history: needs.history, rates });
  const figureNeeds = { ...replicaOf(needs), db, clock, instruments, quotes, rates, series, states, threads, history: needs.history };
  return {
    figures: { totals, series, threads },
    jobs: snapshotJobs({ ...figureNeeds, logger }),
    desk,
    news,
    states,
    onUserCreated: (tx, user) => openDefaultPortfolio(tx, user, clock.now()),
    onUserErased: async (tx, userId) => {
      await eraseStatements(tx, userId);
      await erasePortfolioRows(tx, userId);
    },
    bindRoutes(context) {
      bindPortfolioRoutes(context, {
        db,
        clock,
        preferencesOf: async (userId) => {
          const user = await findUser(within(db), userId);
          return { baseCurrency: user?.baseCurrency ?? 'USD', timeZone: user?.timezone ?? 'UTC' };
        },
        recountHoldings: (tx, portfolio) => recountHoldings({ tx, portfolio, instruments, rates, now: clock.now() }),
        cancelOpenOrders: async (caller, portfolioId) => {
          const state = await states.current(portfolioId);
          return cancelOrders({ desk, states }, { ...caller, tokenVersion: state?.tokenVersion ?? 0 }, portfolioId);
        },
      });
      bindTransactionRoutes(context, { db, clock, instruments, rates, desk });
      const onImportError = (error: unknown) => logger.error({ err: error }, 'the stream could not be told of an import');
      bindStatementRoutes(context, { db, clock, instruments, rates, bus: needs.bus, threads: statementThreads, onError: onImportError });
      bindOrderRoutes(context, { db, pool, clock, desk, states, market, instruments });
      const past = {
        momentOf: (state: PortfolioState, asOf: string) => pastMoment({ clock }, state, asOf),
        figuresAsOf: createFiguresAsOf(figureNeeds),
      };
      bindPositionRoutes(context, {
        ...{ clock, instruments, quotes, rates, states, totals, past },
        accruedOf: (keys, day) => accruedOf(db, keys, day),
      });
      bindAllocationRoutes(context, { db, clock, instruments, quotes, rates, states });
      bindPerformanceRoutes(context, figureNeeds);
    },
    audit: (options) =>
      auditPortfolios({ pool, instruments, rates, checkSnapshots: (id, differ) => checkSnapshots(figureNeeds, id, differ) }, options),
    auditBars: (onDifference) => auditBars(pool, onDifference),
    start: () => matcher.start(),
    async close() {
      await matcher.stop();
      await desk.close();
      await news.close();
      await threads.close();
      await statementThreads.close();
    },
  };
}

function replicaOf({ replica }: Pick<TradingNeeds, 'replica'>): Pick<TradingNeeds, 'replica'> {
  return replica === undefined ? {} : { replica };
}

/** Sessions by the exchange's calendar; exchanges without one never close. */
const sessionOf: SessionOf = (exchange, instant) => {
  if (exchange === null || !hasCalendar(exchange)) return null;
  return { open: isOpen(exchange, instant), opensAt: nextOpen(exchange, instant), closesAt: nextClose(exchange, instant) };
};
