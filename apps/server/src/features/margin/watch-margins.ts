/** Looks at every portfolio that owes something, and tells its owner of each line that it has passed, once for each time it passes it. */
import { freeCash } from '@holdfast/engine/orders';
import { marginStanding } from '@holdfast/engine/portfolio';
import type { MarginFigures, MarginStanding } from '@holdfast/engine/portfolio';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { PortfolioState, PortfolioStates } from '../desk/index.ts';
import type { Notifier } from '../notifications/index.ts';
import { valuePositions } from '../positions/index.ts';
import type { ValuationNeeds } from '../positions/index.ts';
import { holdStanding, listOwing, saveStanding } from './margin-store.ts';
import type { Judged } from './margin-store.ts';
import { marginNotification } from './margin-words.ts';

export interface MarginNeeds extends ValuationNeeds {
  readonly db: Db;
  readonly states: PortfolioStates;
  readonly notifier: Notifier;
}

const PAGE = 500;
const LINES: readonly (keyof MarginStanding)[] = ['belowMaintenance', 'creditLow'];

export async function watchMargins(needs: MarginNeeds): Promise<void> {
  for (let after: string | null = null; ;) {
    const page: readonly Judged[] = await listOwing(needs.db, { after, limit: PAGE });
    for (const judged of page) await judge(needs, judged);
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? null;
  }
}

async function judge(needs: MarginNeeds, judged: Judged): Promise<void> {
  const state = await needs.states.current(judged.id);
  if (state === null) return;
  const figures = figuresOf(needs, state);
  if (isSame(marginStanding(figures, judged.before), judged.before)) return;
  await transact(needs.db, async (tx) => {
    const { crossings, ...before } = await holdStanding(tx, judged.id);
    const now = marginStanding(figures, before);
    const passed = LINES.filter((line) => now[line] && !before[line]);
    await saveStanding(tx, judged.id, { ...now, crossings: crossings + passed.length });
    const notifications = passed.map((line, index) => marginNotification({ ...judged, figures, crossing: crossings + index + 1 }, line));
    await needs.notifier.notify(tx, { at: needs.clock.now(), notifications });
  });
}

function figuresOf(needs: ValuationNeeds, state: PortfolioState): MarginFigures {
  const { account } = state;
  const { marketValue, totalValue } = valuePositions(needs, state);
  return {
    equity: totalValue,
    exposure: marketValue,
    cash: account.cash,
    freeCash: freeCash(account),
    creditLimit: account.creditLimit,
  };
}

function isSame(one: MarginStanding, other: MarginStanding): boolean {
  return LINES.every((line) => one[line] === other[line]);
}
