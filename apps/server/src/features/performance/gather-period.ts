/** A period of a portfolio for another thread to measure: its snapshots, and today as it is now. */
import { toNumber } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import type { PortfolioState } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { valuePositions } from '../positions/index.ts';
import { findSnapshots, joinSnapshots } from '../snapshots/index.ts';
import type { Snapshots } from '../snapshots/index.ts';
import type { SeriesAsked } from './close-series.ts';
import { gatheredSince, gatherHistory, gatherPrices, pricedSeries, rateSeries, todayIn } from './gather-history.ts';
import type { Gathered, GatherNeeds } from './gather-history.ts';
import { findFirstDay } from './history-store.ts';
import { makeMissing } from './roll-up.ts';
import type { MadeDays, RollUpNeeds } from './roll-up.ts';
import type { BenchmarkInput, PeriodInput, TodayInput } from './task-input.ts';

export interface PeriodAsked {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly benchmark: Instrument | null;
}

/** What is to be measured; the days that were made for it are stored by `keep`, which can wait until the figures are under way. */
export interface GatheredPeriod {
  readonly input: PeriodInput;
  keep(): Promise<unknown>;
}

/** Null when nothing has happened in the portfolio by the end of the period. */
export async function gatherPeriod(needs: RollUpNeeds, state: PortfolioState, asked: PeriodAsked): Promise<PeriodInput | null> {
  const gathered = await gatherPeriodFirst(needs, state, asked);
  await gathered?.keep();
  return gathered?.input ?? null;
}

export async function gatherPeriodFirst(needs: RollUpNeeds, state: PortfolioState, asked: PeriodAsked): Promise<GatheredPeriod | null> {
  const { baseCurrency } = state.account;
  const of = { portfolioId: state.id, epoch: state.epoch, timeZone: state.timeZone, baseCurrency };
  const today = todayIn(needs, state);
  const to = Math.min(asked.to ?? today, today);
  const [firstDay, made] = await Promise.all([findFirstDay(needs.db, of), makeMissing(needs, state)]);
  const keep = () => made?.save() ?? Promise.resolve();
  if (firstDay === null || firstDay > to) {
    await keep();
    return null;
  }
  const from = Math.min(to, Math.max(asked.from ?? firstDay, firstDay));
  const valuation = valuePositions(needs, state);
  const [snapshots, todayInput, benchmark] = await Promise.all([
    // The day before gives the value at which the period opens.
    snapshotsOf(needs, of, { made, from: from - 1, to: Math.min(to, today - 1) }),
    to < today ? null : gatherToday(needs, state, { value: toNumber(valuation.totalValue), whole: made?.gathered ?? null }),
    benchmarkOf(needs, asked.benchmark, { base: baseCurrency, from, before: today }),
  ]);
  const { unpriced } = valuation;
  const input = { portfolioId: state.id, baseCurrency, from, to, snapshots, today: todayInput, latestOn: today, unpriced, benchmark };
  return { input, keep };
}

/** Those that were just made, and the stored ones before them. */
async function snapshotsOf(
  { db }: RollUpNeeds,
  of: { readonly portfolioId: string; readonly epoch: number },
  { made, from, to }: { readonly made: MadeDays | null; readonly from: Day; readonly to: Day },
): Promise<Snapshots> {
  if (made === null) return findSnapshots(db, { ...of, from, to });
  const later = made.snapshots;
  const none = { from, values: new Float64Array(), inflows: new Float64Array(), outflows: new Float64Array() };
  const earlier = later.from > from ? await findSnapshots(db, { ...of, from, to: Math.min(to, later.from - 1) }) : none;
  return joinSnapshots(earlier, later, { from, to });
}

/** Of the whole history where it is at hand, else only what happened today is read. */
async function gatherToday(
  needs: GatherNeeds,
  state: PortfolioState,
  { value, whole }: { readonly value: number; readonly whole: Gathered | null },
): Promise<TodayInput> {
  const day = todayIn(needs, state);
  const gathered = whole === null ? await gatherHistory(needs, state, { since: day }) : gatheredSince(whole, day);
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
