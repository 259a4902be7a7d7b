/** Watches the market for the alerts of all users, and writes each answer with its notification in one transaction, once over all servers. */
import type { Clock } from '../../platform/clock.ts';
import type { Bus } from '../../platform/bus/index.ts';
import { afterCommit, transact } from '../../platform/db/transact.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { PriceHistory } from '../bars/index.ts';
import type { Desk, DeskNews, PortfolioStates } from '../desk/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { ValuationNeeds } from '../positions/index.ts';
import { createAlertWatch } from './alert-watch.ts';
import type { AlertWatch } from './alert-watch.ts';
import { ALERTS_CHANGED, readAlertNews, tellAlertNews } from './alert-news.ts';
import { catchUp } from './catch-up.ts';
import { createFiringQueue } from './firing-queue.ts';
import { followAlerts } from './follow-alerts.ts';
import { findPortfolioNames } from './portfolio-name-store.ts';
import { notificationOf } from './tell-alert.ts';
import { lookAtIndicators } from './watch-indicators.ts';
import { lookAtPortfolios, portfoliosOf } from './watch-portfolios.ts';
import { loadMarks, saveMarks, tidyAlerts, writeFirings } from './watch-store.ts';
import type { AcceptedFiring, Firing } from './watch-store.ts';

export interface EvaluatorNeeds extends ValuationNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly history: Pick<PriceHistory, 'bars' | 'clockOf'>;
  readonly states: PortfolioStates;
  readonly desk: Pick<Desk, 'onCommitted'>;
  readonly news: DeskNews;
  readonly notifier: Notifier;
  readonly onError: (error: unknown) => void;
}

export interface AlertEvaluator {
  /** How many alerts are watched. */
  readonly size: number;
  /** Reads the standing alerts, looks at what happened since the last look, and goes on with every tick. */
  start(): Promise<void>;
  /** The safety net: looks at what no tick told of, and at what changed unheard; marks how far it came. */
  sweep(): Promise<void>;
  /** Looks at the bars that are complete. Done every minute once started. */
  lookAtBars(): Promise<void>;
  /** Resolves when all that was heard so far is looked at and written. */
  settled(): Promise<void>;
  /** Writes what it has and stops. */
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 5_000;
const MARK_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const MARKS_KEPT_MS = 90 * DAY_MS;

export function createAlertEvaluator(needs: EvaluatorNeeds): AlertEvaluator {
  const { db, clock, onError } = needs;
  const state = openState(needs);
  const stops: (() => void)[] = [];
  const timers: NodeJS.Timeout[] = [];
  let knownOn = Math.floor(clock.now() / DAY_MS);

  const every = (everyMs: number, work: () => Promise<void>): void => {
    const timer = setInterval(() => void state.run(work), everyMs);
    timer.unref();
    timers.push(timer);
  };
  const sweep = async (): Promise<void> => {
    const { watch, follower } = state.open();
    const now = clock.now();
    await tidyAlerts(db, { now: new Date(now), deletedBefore: new Date(now - DAY_MS), markedBefore: new Date(now - MARKS_KEPT_MS) });
    await follower.look();
    const today = Math.floor(now / DAY_MS);
    if (today !== knownOn) {
      const daily = [...watch.of('daily')].map(({ id }) => id);
      await follower.reread(daily, 'anew');
    }
    knownOn = today;
    await catchUp({ ...needs, watch });
    await lookAtIndicators({ ...needs, watch });
    await lookAtPortfolios({ ...needs, watch }, portfoliosOf(watch));
    await state.mark();
  };

  return {
    get size() {
      return state.size();
    },
    async start() {
      const { watch, follower } = await state.load();
      stops.push(await needs.bus.subscribe(ALERTS_CHANGED, (payload) => void state.run(() => follower.reread(readAlertNews(payload)))));
      stops.push(needs.bus.onLost(() => void state.run(follower.look)));
      await follower.load();
      await sweep();
      stops.push(
        needs.quotes.onTick((changed) => {
          watch.onQuotes(changed);
          state.beat();
        }),
      );
      stops.push(needs.desk.onCommitted(() => state.beat()));
      stops.push(await needs.news.hear(() => state.beat()));
      every(LOOK_EVERY_MS, follower.look);
      every(MARK_EVERY_MS, async () => {
        await lookAtIndicators({ ...needs, watch });
        await state.mark();
      });
    },
    sweep: async () => {
      if (state.isOpen()) await sweep();
    },
    lookAtBars: () => lookAtIndicators({ ...needs, watch: state.open().watch }),
    settled: state.settled,
    async close() {
      for (const stop of stops.splice(0)) stop();
      for (const timer of timers.splice(0)) clearInterval(timer);
      if (!state.isOpen()) return;
      await state.settled().catch(onError);
      await state.mark().catch(onError);
      await state.close();
    },
  };
}

/** What an evaluator has while it runs: its watch, its follower, and the work under way. */
function openState(needs: EvaluatorNeeds) {
  const { db, onError } = needs;
  const underWay = new Set<Promise<void>>();
  const marked = new Map<string, number>();
  let opened: { readonly watch: AlertWatch; readonly follower: ReturnType<typeof followAlerts> } | null = null;
  let beating = false;
  let beatAgain = false;

  const run = (work: () => Promise<void>): Promise<void> => {
    const running: Promise<void> = work()
      .catch(onError)
      .finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  };
  const queue = createFiringQueue({
    onError,
    write: async (batch) => {
      const accepted = await writeAndTell(needs, batch);
      const kept = new Set(accepted.map(({ firing }) => firing));
      for (const { row } of accepted) if (row.status !== 'active') opened?.watch.remove(row.id);
      const late = [...new Set(batch.filter((firing) => !kept.has(firing)).map(({ alertId }) => alertId))];
      if (late.length > 0) void run(() => opened?.follower.reread(late, 'anew') ?? Promise.resolve());
    },
  });
  const open = () => {
    if (opened === null) throw new Error('The alerts are not watched yet.');
    return opened;
  };
  return {
    run,
    open,
    isOpen: () => opened !== null,
    size: () => opened?.watch.size ?? 0,
    async load() {
      const marks = await loadMarks(db);
      for (const { series, at } of marks) marked.set(series, at);
      const watch = createAlertWatch(marks, queue.add);
      opened = { watch, follower: followAlerts({ ...needs, watch }) };
      return opened;
    },
    /** Prices or holdings have changed. Beats that come while portfolios are still being valued make one more in all. */
    beat(): void {
      beatAgain = true;
      if (opened === null || beating) return;
      const { watch } = opened;
      beating = true;
      void run(async () => {
        while (beatAgain) {
          beatAgain = false;
          const portfolios = portfoliosOf(watch);
          if (portfolios.size > 0) await lookAtPortfolios({ ...needs, watch }, portfolios);
        }
      }).finally(() => (beating = false));
    },
    /** Writes down how far each series was looked at, once every answer up to there is written. */
    async mark(): Promise<void> {
      const marks = open()
        .watch.index.marks()
        .filter(({ series, at }) => marked.get(series) !== at);
      if (!(await queue.drained())) return;
      await saveMarks(db, marks);
      for (const { series, at } of marks) marked.set(series, at);
    },
    async settled() {
      do {
        await Promise.all(underWay);
        await queue.drained();
      } while (underWay.size > 0);
    },
    close: queue.close,
  };
}

async function writeAndTell(needs: EvaluatorNeeds, batch: readonly Firing[]): Promise<readonly AcceptedFiring[]> {
  const { db, clock, bus, notifier, instruments, onError } = needs;
  return transact(db, async (tx) => {
    const at = clock.now();
    const accepted = await writeFirings(tx, batch, new Date(at));
    if (accepted.length === 0) return accepted;
    const portfolios = await findPortfolioNames(
      tx,
      accepted.flatMap(({ row }) => row.portfolio_id ?? []),
    );
    const notifications = accepted.map((one) =>
      notificationOf(one, { instruments, portfolio: portfolios.get(one.row.portfolio_id ?? '') ?? null }),
    );
    await notifier.notify(tx, { at, notifications });
    const ids = [...new Set(accepted.map(({ row }) => row.id))];
    afterCommit(() => void tellAlertNews(bus, ids).catch(onError));
    return accepted;
  });
}
