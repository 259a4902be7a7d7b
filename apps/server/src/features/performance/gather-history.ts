/** What another thread needs of a portfolio, read on this one: its history as text, names, prices and rates. */
import { formatDecimal, toNumber } from '@holdfast/engine/money';
import { dayOfInstant } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Replica } from '../../platform/db/replica.ts';
import { offsetMinutes } from '../../platform/time-zone.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { PortfolioState } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import type { CloseSeries, SeriesAsked } from './close-series.ts';
import { findHistory } from './history-store.ts';
import type { StoredHistory } from './history-store.ts';
import { historySince } from './read-history.ts';
import type { HistoryInput, PricedSeries, RollUpInput } from './task-input.ts';

export interface GatherNeeds {
  readonly db: Db;
  /** Where histories may be read instead; left out where there is none. */
  readonly replica?: Pick<Replica, 'upTo'>;
  readonly clock: Clock;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  readonly rates: ExchangeRates;
  readonly series: CloseSeries;
}

const DAY_MS = 86_400_000;
/** Instruments whose closes are asked for together: enough to fill the ways to the database, and few enough to leave some to others. */
const AT_ONCE = 4;

export interface Gathered {
  readonly stored: StoredHistory;
  readonly input: HistoryInput;
}

/** All of it, or what happened on day `since` or later, or before the instant `until`. */
export async function gatherHistory(
  needs: GatherNeeds,
  state: PortfolioState,
  part: { readonly since?: Day; readonly until?: number } = {},
): Promise<Gathered> {
  const { account, timeZone } = state;
  const { baseCurrency } = account;
  const stored = await findHistory(needs.db, { portfolioId: state.id, epoch: state.epoch, timeZone, baseCurrency, ...part });
  const baseRates: Record<string, string> = {};
  for (const { currency, day } of stored.foreignDays) {
    const rate = needs.rates.rate(currency, baseCurrency, day * DAY_MS);
    if (rate !== null) baseRates[`${currency} ${day}`] = formatDecimal(rate);
  }
  const names: Record<string, { symbol: string; name: string }> = {};
  for (const instrument of instrumentsOf(needs, stored)) names[instrument.key] = { symbol: symbolOf(instrument), name: instrument.name };
  return {
    stored,
    input: {
      portfolioId: state.id,
      text: stored.text,
      baseCurrency,
      baseRates,
      cashMode: state.cashMode,
      costMethod: account.costMethod,
      // No portfolio may be short yet: the desk and the recording of trades refuse it.
      shorting: false,
      names,
    },
  };
}

/** What of a gathered history happened on this day or later, as `since` would have read it. */
export function gatheredSince({ stored, input }: Gathered, day: Day): Gathered {
  const { text, ...found } = historySince(stored.text, day);
  return { stored: { ...stored, text, ...found }, input: { ...input, text } };
}

/** The same for answers that are not kept, read from the replica where it is up to date: what is derived is written from the database itself. */
export async function gatherForReading(needs: GatherNeeds, state: PortfolioState): Promise<Gathered> {
  const replica = await needs.replica?.upTo(state.id, state.version);
  return gatherHistory({ ...needs, db: replica ?? needs.db }, state);
}

/** Closes and rates of everything in the history, up to the day before `before`, and the newest of each. */
export async function gatherPrices(
  needs: GatherNeeds,
  { stored, input }: Gathered,
  span: SeriesAsked,
): Promise<Pick<RollUpInput, 'prices' | 'rates'>> {
  const prices = new Map<string, PricedSeries>();
  const instruments = instrumentsOf(needs, stored);
  for (let from = 0; from < instruments.length; from += AT_ONCE) {
    const part = instruments.slice(from, from + AT_ONCE);
    const found = await Promise.all(part.map((instrument) => pricedSeries(needs, instrument, span)));
    found.forEach((series, index) => prices.set(String(part[index]?.key), series));
  }
  const rates = new Map<string, PricedSeries>();
  for (const currency of stored.currencies) {
    if (currency !== input.baseCurrency) rates.set(currency, rateSeries(needs, currency, { base: input.baseCurrency, ...span }));
  }
  return { prices, rates };
}

/** Newest prices and rates as text, for figures of this moment. */
export function latestMarket({ instruments, quotes, rates, clock }: GatherNeeds, { stored, input }: Gathered) {
  const latestPrices: Record<string, string> = {};
  for (const key of stored.instrumentKeys) {
    const quote = instruments.byKey(key) === null ? null : quotes.quoteOf(key);
    if (quote !== null) latestPrices[key] = formatDecimal(quote.last);
  }
  const latestRates: Record<string, string> = {};
  for (const currency of stored.currencies) {
    const rate = rates.rate(currency, input.baseCurrency, clock.now());
    if (rate !== null) latestRates[currency] = formatDecimal(rate);
  }
  return { latestPrices, latestRates };
}

/** The day it is in the portfolio's time zone. */
export function todayIn({ clock }: Pick<GatherNeeds, 'clock'>, { timeZone }: Pick<PortfolioState, 'timeZone'>): Day {
  const now = clock.now();
  return dayOfInstant(now, offsetMinutes(timeZone, now));
}

export async function pricedSeries({ series, quotes }: GatherNeeds, instrument: Instrument, span: SeriesAsked): Promise<PricedSeries> {
  const quote = quotes.quoteOf(instrument.key);
  return { series: await series.closes(instrument, span), latest: quote === null ? null : toNumber(quote.last) };
}

export function rateSeries(
  { series, rates, clock }: GatherNeeds,
  currency: string,
  { base, ...span }: SeriesAsked & { readonly base: string },
): PricedSeries {
  const latest = rates.rate(currency, base, clock.now());
  return { series: series.rates(currency, base, span), latest: latest === null ? null : toNumber(latest) };
}

export function instrumentsOf({ instruments }: GatherNeeds, { instrumentKeys }: StoredHistory): readonly Instrument[] {
  return instrumentKeys.flatMap((key) => instruments.byKey(key) ?? []);
}
