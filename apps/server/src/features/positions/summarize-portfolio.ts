/** The summary of a portfolio as text. Made once per portfolio version and beat of the market, since that is all it depends on. */
import { formatDecimal, roundMoney, subtract, sum } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { LRUCache } from 'lru-cache';
import type { PortfolioState } from '../desk/index.ts';
import type { PortfolioTotals } from './portfolio-totals.ts';
import { fraction, percent, valuePositions } from './value-positions.ts';
import type { ValuationNeeds } from './value-positions.ts';

interface Kept {
  readonly version: number;
  readonly beat: number;
  readonly rateSecond: number;
  readonly text: string;
}

export type SummaryNeeds = ValuationNeeds & { readonly totals: (state: PortfolioState) => Promise<PortfolioTotals> };

export function createSummaries(needs: SummaryNeeds): (state: PortfolioState) => Promise<string> {
  const kept = new LRUCache<string, Kept>({ max: 10_000 });
  return async (state) => {
    const beat = needs.quotes.sequence;
    const rateSecond = Math.floor(needs.clock.now() / 1_000);
    const known = kept.get(state.id);
    if (known?.version === state.version && known.beat === beat && known.rateSecond === rateSecond) return known.text;
    const text = JSON.stringify(summarize(needs, state, await needs.totals(state)));
    kept.set(state.id, { version: state.version, beat, rateSecond, text });
    return text;
  };
}

/**
 * All figures in the base currency, each rounded once from exact ones. netGain is value less capital put in: every other gain is a part of
 * it. What no position, income or cost explains of it, rates did to money at rest.
 */
function summarize(needs: ValuationNeeds, state: PortfolioState, totals: PortfolioTotals) {
  const valuation = valuePositions(needs, state);
  const base = state.account.baseCurrency;
  const { exact, split } = valuation;
  const shown = (amount: Decimal): string => formatDecimal(roundMoney(amount, base));
  const netGain = subtract(exact.totalValue, totals.investedCapital);
  const explained = subtract(sum([totals.realizedGain, exact.unrealizedGain, totals.income]), totals.costs);
  return {
    portfolioId: state.id,
    currency: base,
    totalValue: formatDecimal(valuation.totalValue),
    marketValue: formatDecimal(valuation.marketValue),
    cashValue: formatDecimal(valuation.cashValue),
    investedCapital: shown(totals.investedCapital),
    costBasis: shown(valuation.costBasis),
    realizedGain: shown(totals.realizedGain),
    unrealizedGain: formatDecimal(valuation.unrealizedGain),
    priceEffect: formatDecimal(split.priceEffect),
    currencyEffect: formatDecimal(split.currencyEffect),
    crossEffect: formatDecimal(split.crossEffect),
    cashCurrencyGain: shown(subtract(netGain, explained)),
    income: shown(totals.income),
    costs: shown(totals.costs),
    netGain: shown(netGain),
    simpleReturn: fraction(netGain, totals.putIn),
    dayChange: formatDecimal(valuation.dayChange),
    dayChangePercent: percent(valuation.dayChange, subtract(valuation.totalValue, valuation.dayChange)),
    positions: valuation.positions.length,
    unpriced: [...valuation.unpriced],
    asOf: new Date(needs.clock.now()).toISOString(),
    prices: 'live',
  };
}
