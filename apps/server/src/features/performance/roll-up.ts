/**
 * Keeps the snapshots of a portfolio true: what is missing, or was made untrue by a correction, is made from its first day on. Everybody
 * who needs them asks here first; the daily job only asks for those that nobody looked at.
 */
import type { Db } from '../../platform/db/pool.ts';
import type { WorkerPool } from '../../platform/workers/index.ts';
import type { PortfolioState } from '../desk/index.ts';
import { FIRST_DAY } from '@holdfast/engine/time';
import { findSnapshotState, saveSnapshots } from '../snapshots/index.ts';
import { gatherHistory, gatherPrices, todayIn } from './gather-history.ts';
import type { GatherNeeds } from './gather-history.ts';
import type { PerformanceTasks } from './performance-tasks.ts';

export interface RollUpNeeds extends GatherNeeds {
  readonly db: Db;
  readonly threads: Pick<WorkerPool<PerformanceTasks>, 'run'>;
}

/** Times that a change may come in between before the caller is told to come again. */
const MOST_TRIES = 5;
/** The newest days whose closes may still come. */
export const UNSETTLED_DAYS = 2;
const NOTHING = { values: new Float64Array(), inflows: new Float64Array(), outflows: new Float64Array() };
const IN_TIME = { timeoutMs: 120_000 };

/** Afterwards every day before today has a snapshot that is true, from the portfolio's first day on. */
export async function rollUp(needs: RollUpNeeds, state: PortfolioState): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) if (await rolledUp(needs, state)) return;
  throw new Error(`The snapshots of portfolio ${state.id} changed faster than they could be made.`);
}

async function rolledUp(needs: RollUpNeeds, state: PortfolioState): Promise<boolean> {
  const of = { portfolioId: state.id, epoch: state.epoch };
  const kept = await findSnapshotState(needs.db, of);
  const yesterday = todayIn(needs, state) - 1;
  const missing = kept.through === null ? FIRST_DAY : kept.through + 1;
  if (Math.min(kept.staleFrom ?? Infinity, missing) > yesterday) return true;
  // At a midnight east of an exchange its day is not over: the last days are made again when the next ones come.
  const next = Math.max(FIRST_DAY, Math.min(kept.staleFrom ?? Infinity, missing - UNSETTLED_DAYS));
  const gathered = await gatherHistory(needs, state);
  const { firstDay } = gathered.stored;
  const replacing = { ...of, changes: kept.changes, replacing: next };
  if (firstDay === null || firstDay > yesterday)
    return kept.through === null || saveSnapshots(needs.db, replacing, { from: next, ...NOTHING });
  const from = Math.max(firstDay, next);
  const prices = await gatherPrices(needs, gathered, { from, before: yesterday + 1 });
  const made = await needs.threads.run('rollUp', { ...gathered.input, ...prices, from, to: yesterday }, IN_TIME);
  return saveSnapshots(needs.db, replacing, { from, ...made });
}
