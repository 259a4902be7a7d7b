/**
 * Keeps the snapshots of a portfolio true: what is missing, or was made untrue by a correction, is made from its first day on. Everybody
 * who needs them asks here first; the daily job only asks for those that nobody looked at.
 */
import type { Db } from '../../platform/db/pool.ts';
import type { WorkerPool } from '../../platform/workers/index.ts';
import type { PortfolioState } from '../desk/index.ts';
import { FIRST_DAY, startOfMonth } from '@holdfast/engine/time';
import { findSnapshotState, saveSnapshots } from '../snapshots/index.ts';
import type { Snapshots } from '../snapshots/index.ts';
import { gatherHistory, gatherPrices, todayIn } from './gather-history.ts';
import type { Gathered, GatherNeeds } from './gather-history.ts';
import type { PerformanceTasks } from './performance-tasks.ts';

export interface RollUpNeeds extends GatherNeeds {
  readonly db: Db;
  readonly threads: Pick<WorkerPool<PerformanceTasks>, 'run'>;
}

/** Times that a change may come in between before the caller is told to come again. */
const MOST_TRIES = 5;
/** The newest days whose closes may still come. */
export const UNSETTLED_DAYS = 2;
const NO_DAYS = { values: new Float64Array(), inflows: new Float64Array(), outflows: new Float64Array() };
const NOTHING_MADE = { count: 0, columns: { values: '{}', inflows: '{}', outflows: '{}' } };
const IN_TIME = { timeoutMs: 120_000 };

/** Afterwards every day before today has a snapshot that is true, from the portfolio's first day on. */
export async function rollUp(needs: RollUpNeeds, state: PortfolioState): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const made = await makeMissing(needs, state);
    if (made === null || (await made.save())) return;
  }
  throw new Error(`The snapshots of portfolio ${state.id} changed faster than they could be made.`);
}

/** Days as the facts, closes and rates of this moment give them, which the database does not have yet. */
export interface MadeDays {
  readonly snapshots: Snapshots;
  /** The history they were made of. */
  readonly gathered: Gathered;
  /** False when something changed meanwhile: what is stored is then still to be made, and these were true until then. */
  save(): Promise<boolean>;
}

/** Null when every day up to yesterday is stored and true. */
export async function makeMissing(needs: RollUpNeeds, state: PortfolioState): Promise<MadeDays | null> {
  const of = { portfolioId: state.id, epoch: state.epoch };
  const kept = await findSnapshotState(needs.db, of);
  const yesterday = todayIn(needs, state) - 1;
  const missing = kept.through === null ? FIRST_DAY : kept.through + 1;
  if (Math.min(kept.staleFrom ?? Infinity, missing) > yesterday) return null;
  // At a midnight east of an exchange its day is not over: the last days are made again when the next ones come.
  const next = startOfMonth(Math.max(FIRST_DAY, Math.min(kept.staleFrom ?? Infinity, missing - UNSETTLED_DAYS)));
  const gathered = await gatherHistory(needs, state);
  const { firstDay } = gathered.stored;
  const replacing = { ...of, changes: kept.changes, replacing: next };
  if (firstDay === null || firstDay > yesterday) {
    const save = () =>
      kept.through === null ? Promise.resolve(true) : saveSnapshots(needs.db, replacing, { from: next, ...NOTHING_MADE });
    return { snapshots: { from: next, ...NO_DAYS }, gathered, save };
  }
  const from = Math.max(firstDay, next);
  const prices = await gatherPrices(needs, gathered, { from, before: yesterday + 1 });
  const { columns, ...days } = await needs.threads.run('rollUp', { ...gathered.input, ...prices, from, to: yesterday }, IN_TIME);
  const save = () => saveSnapshots(needs.db, replacing, { from, count: days.values.length, columns });
  return { snapshots: { from, ...days }, gathered, save };
}
