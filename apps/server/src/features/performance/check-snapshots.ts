/** Holds stored snapshots against what the facts, closes and rates give. */
import { formatDay } from '@holdfast/engine/time';
import type { PortfolioStates } from '../desk/index.ts';
import { findSnapshots, findSnapshotState } from '../snapshots/index.ts';
import { gatherHistory, gatherPrices } from './gather-history.ts';
import { UNSETTLED_DAYS } from './roll-up.ts';
import type { RollUpNeeds } from './roll-up.ts';

type Tell = (what: string, stored: string, rebuilt: string) => void;

const IN_TIME = { timeoutMs: 120_000 };
/** Sums of floating-point numbers: a millionth of the figure, and of a unit of money, is none. */
const TOLERANCE = 1e-6;

/** Days that are known to be made anew, and the newest, whose closes may still come, are passed over. */
export async function checkSnapshots(needs: RollUpNeeds & { readonly states: PortfolioStates }, id: string, tell: Tell): Promise<void> {
  const state = await needs.states.current(id);
  if (state === null) return;
  const of = { portfolioId: id, epoch: state.epoch };
  const kept = await findSnapshotState(needs.db, of);
  if (kept.through === null) return;
  const gathered = await gatherHistory(needs, state);
  const { firstDay } = gathered.stored;
  const to = Math.min(kept.through - UNSETTLED_DAYS, (kept.staleFrom ?? Infinity) - 1);
  if (firstDay === null || firstDay > to) return;
  const prices = await gatherPrices(needs, gathered, { from: firstDay, before: to + 1 });
  const rebuilt = await needs.threads.run('rollUp', { ...gathered.input, ...prices, from: firstDay, to }, IN_TIME);
  const stored = await findSnapshots(needs.db, { ...of, from: firstDay, to });
  // Whatever was recorded meanwhile has changed what is true.
  if ((await findSnapshotState(needs.db, of)).changes !== kept.changes) return;
  for (let day = firstDay; day <= to; day += 1) {
    for (const [figure, was, is] of [
      ['value', stored.values[day - stored.from], rebuilt.values[day - firstDay]],
      ['inflow', stored.inflows[day - stored.from], rebuilt.inflows[day - firstDay]],
      ['outflow', stored.outflows[day - stored.from], rebuilt.outflows[day - firstDay]],
    ] as const)
      if (!near(was, is))
        tell(`snapshot ${formatDay(day)}: ${figure}`, was === undefined || Number.isNaN(was) ? 'none' : String(was), String(is ?? 0));
  }
}

function near(was: number | undefined, is = 0): boolean {
  return was !== undefined && Math.abs(was - is) <= TOLERANCE * (1 + Math.abs(is));
}
