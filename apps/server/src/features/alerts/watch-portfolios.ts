/** Values of portfolios that somebody asks about, looked at when prices or holdings change. */
import { seriesName } from '@holdfast/engine/alerts';
import { divide, isZero, multiply, decimal, subtract, ZERO } from '@holdfast/engine/money';
import type { PortfolioStates } from '../desk/index.ts';
import { valuePositions } from '../positions/index.ts';
import type { ValuationNeeds } from '../positions/index.ts';
import { seriesSymbol } from './alert.ts';
import type { AlertWatch } from './alert-watch.ts';

export interface PortfolioWatchNeeds extends ValuationNeeds {
  readonly states: PortfolioStates;
  readonly watch: AlertWatch;
}

const HUNDRED = decimal('100');

/** The portfolios that alerts ask about, each with the instruments whose weight they ask about. */
export function portfoliosOf(watch: AlertWatch): ReadonlyMap<string, ReadonlySet<number>> {
  const portfolios = new Map<string, Set<number>>();
  for (const { portfolioId, instrumentKey } of watch.of('portfolio')) {
    if (portfolioId === null) continue;
    const keys = portfolios.get(portfolioId) ?? new Set<number>();
    if (instrumentKey !== null) keys.add(instrumentKey);
    portfolios.set(portfolioId, keys);
  }
  return portfolios;
}

/** Looks at portfolios as they are now. */
export async function lookAtPortfolios(needs: PortfolioWatchNeeds, portfolios: ReadonlyMap<string, ReadonlySet<number>>): Promise<void> {
  await Promise.all([...portfolios].map(([id, keys]) => lookAtOne(needs, id, keys)));
}

async function lookAtOne(needs: PortfolioWatchNeeds, id: string, keys: ReadonlySet<number>): Promise<void> {
  const { watch, states, clock } = needs;
  const state = await states.current(id);
  if (state === null) return;
  const { totalValue, dayChange, positions } = valuePositions(needs, state);
  const at = clock.now();
  const sample = `at:${at}`;
  const observe = (series: string, value: typeof totalValue): void => watch.take(watch.index.observe(series, { at, value }), { sample });
  observe(seriesName.portfolioValue(id), totalValue);
  const before = subtract(totalValue, dayChange);
  if (before > ZERO) observe(seriesName.portfolioDayPercent(id), divide(multiply(dayChange, HUNDRED), before));
  if (isZero(totalValue)) return;
  for (const key of keys) {
    const held = positions.find(({ instrument }) => instrument.key === key);
    observe(seriesName.positionWeight(id, seriesSymbol(key)), held === undefined ? ZERO : divide(held.baseValue, totalValue));
  }
}
