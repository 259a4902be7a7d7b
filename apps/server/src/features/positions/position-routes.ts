import { getPortfolioSummary } from '@holdfast/contract/portfolios';
import { getAllocation, listPositions } from '@holdfast/contract/positions';
import { decimal, formatDecimal, multiplyMoney } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { dayOfInstant } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { notFound, Serialised, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { offsetMinutes } from '../../platform/time-zone.ts';
import type { PortfolioState, PortfolioStates } from '../desk/index.ts';
import { allocationJson, partsOf } from './allocation.ts';
import { createPastPortfolio } from './past-portfolio.ts';
import type { PastNeeds } from './past-portfolio.ts';
import type { PortfolioTotals } from './portfolio-totals.ts';
import { createSummaries } from './summarize-portfolio.ts';
import { describePosition, valuePositions } from './value-positions.ts';
import type { ValuationNeeds } from './value-positions.ts';

export interface PositionNeeds extends ValuationNeeds {
  readonly states: PortfolioStates;
  readonly totals: (state: PortfolioState) => Promise<PortfolioTotals>;
  readonly past: PastNeeds;
  /** Accrued interest of one unit on a day, by instrument key, of the bonds among them. */
  readonly accruedOf: (instrumentKeys: readonly number[], day: Day) => Promise<ReadonlyMap<number, Decimal>>;
}

export function bindPositionRoutes(context: ServeContext, needs: PositionNeeds): void {
  const atOnce = { ...context, scoped: false };
  const summaryText = createSummaries(needs);
  const past = createPastPortfolio({ ...needs, ...needs.past });

  serve(atOnce, getPortfolioSummary, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const then = await past(state, query.asOf);
    return then === null ? new Serialised(await summaryText(state)) : then.summary;
  });

  serve(atOnce, listPositions, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const then = await past(state, query.asOf);
    if (then !== null) return { items: await withAccrued(needs, state, then) };
    const valuation = valuePositions(needs, state);
    const whole = { totalValue: valuation.totalValue, base: state.account.baseCurrency };
    const positions = valuation.positions.map((position) => describePosition(position, whole));
    return { items: await withAccrued(needs, state, { positions, day: dayIn(needs, state) }) };
  });

  serve(context, getAllocation, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const then = await past(state, query.asOf);
    return allocationJson(then?.parts ?? partsOf(valuePositions(needs, state)), query.by ?? 'symbol');
  });
}

async function ownState({ states }: PositionNeeds, userId: string, id: string): Promise<PortfolioState> {
  const state = await states.current(id);
  if (state === null || state.userId !== userId) throw notFound('portfolio');
  return state;
}

function dayIn({ clock }: PositionNeeds, { timeZone }: PortfolioState): Day {
  const now = clock.now();
  return dayOfInstant(now, offsetMinutes(timeZone, now));
}

interface AccruingPosition {
  readonly symbol: string;
  readonly assetClass: string;
  readonly quantity: string;
  readonly currency: string;
  readonly accruedInterest: string | null;
}

/** Only bonds are asked for, so that whoever has none waits for nothing. */
async function withAccrued<Item extends AccruingPosition>(
  { instruments, accruedOf }: PositionNeeds,
  state: PortfolioState,
  { positions, day }: { readonly positions: readonly Item[]; readonly day: Day },
): Promise<Item[]> {
  const keyOf = ({ symbol, assetClass }: Item) => (assetClass === 'bond' ? (instruments.resolve(symbol, state.userId)?.key ?? null) : null);
  const bonds = positions.flatMap((position) => keyOf(position) ?? []);
  if (bonds.length === 0) return [...positions];
  const accrued = await accruedOf(bonds, day);
  return positions.map((position) => {
    const each = accrued.get(keyOf(position) ?? 0);
    if (each === undefined) return position;
    return { ...position, accruedInterest: formatDecimal(multiplyMoney(decimal(position.quantity), each, position.currency)) };
  });
}
