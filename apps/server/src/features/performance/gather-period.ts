/** A period of a portfolio for another thread to measure: its snapshots, and today as it is now. */
import { toNumber } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import type { PortfolioState } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { valuePositions } from '../positions/index.ts';
import { findSnapshots } from '../snapshots/index.ts';
import type { SeriesAsked } from './close-series.ts';
import { gatherHistory, gatherPrices, pricedSeries, rateSeries, todayIn } from './gather-history.ts';
import type { GatherNeeds } from './gather-history.ts';
import { findFirstDay } from './history-store.ts';
import { rollUp } from './roll-up.ts';
import type { RollUpNeeds } from './roll-up.ts';
import type { BenchmarkInput, PeriodInput, TodayInput } from './task-input.ts';

export interface PeriodAsked {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly benchmark: Instrument | null;
}

/** Null when nothing has happened in the portfolio by the end of the period. */
export async function gatherPeriod(needs: RollUpNeeds, state: PortfolioState, asked: PeriodAsked): Promise<PeriodInput | null> {
  const { baseCurrency } = state.account;
  const of = { portfolioId: state.id, epoch: state.epoch, timeZone: state.timeZone, baseCurrency };
  const today = todayIn(needs, state);
  const to = Math.min(asked.to ?? today, today);
  const firstDay = await findFirstDay(needs.db, of);
  if (firstDay === null || firstDay > to) return null;
  await rollUp(needs, state);
  const from = Math.min(to, Math.max(asked.from ?? firstDay, firstDay));
  // The day before gives the value at which the period opens.
  const snapshots = await findSnapshots(needs.db, { ...of, from: from - 1, to: Math.min(to, today - 1) });
  const valuation = valuePositions(needs, state);
  return {
    portfolioId: state.id,
    baseCurrency,
    from,
    to,
    snapshots,
    today: to < today ? null : await gatherToday(needs, state, toNumber(valuation.totalValue)),
    latestOn: today,
    unpriced: valuation.unpriced,
    benchmark: await benchmarkOf(needs, asked.benchmark, { base: baseCurrency, from, before: today }),
  };
}

async function gatherToday(needs: GatherNeeds, state: PortfolioState, value: number): Promise<TodayInput> {
  const day = todayIn(needs, state);
  const gathered = await gatherHistory(needs, state, { since: day });
  const prices = await gatherPrices(needs, gathered, { from: day, before: day });
  return { ...gathered.input, ...prices, day, value };
}

async function benchmarkOf(
  needs: GatherNeeds,
  instrument: Instrument | null,
  { base, ...span }: SeriesAsked & { readonly base: string },
): Promise<BenchmarkInput | null> {
  if (instrument === null) return null;
  return {
    symbol: symbolOf(instrument),
    name: instrument.name,
    ...(await pricedSeries(needs, instrument, span)),
    rates: instrument.currency === base ? null : rateSeries(needs, instrument.currency, { base, ...span }),
  };
}
