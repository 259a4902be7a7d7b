/** Figures of a past moment for whoever shows positions: gathers facts and the market of that day, and lets another thread value them. */
import { formatDecimal } from '@holdfast/engine/money';
import { dayOfInstant, formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { AppError } from '../../platform/http/index.ts';
import { offsetMinutes, startOfDayIn } from '../../platform/time-zone.ts';
import type { PriceHistory } from '../bars/index.ts';
import type { PortfolioState } from '../desk/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { gatherHistory, instrumentsOf, todayIn } from './gather-history.ts';
import type { GatherNeeds, Gathered } from './gather-history.ts';
import type { PastFigures } from './past-figures.ts';
import type { PerformanceThreads } from './performance-threads.ts';
import type { MarketTexts, PastPrice } from './task-input.ts';

export interface AsOfNeeds extends GatherNeeds {
  readonly history: PriceHistory;
  readonly threads: Pick<PerformanceThreads, 'run'>;
}

export interface FiguresAsOf extends PastFigures {
  /** The last instant that counts, epoch milliseconds. */
  readonly at: number;
  readonly prices: 'live' | 'close';
}

/** A moment that lies behind: facts before `until` count, at the closes of `day`. */
export interface PastMoment {
  readonly day: Day;
  readonly until: number;
}

const DAY_MS = 86_400_000;
const IN_TIME = { timeoutMs: 60_000 };

/** Null for a moment that is now: a day that is today. Throws `invalid_value` for what is no moment or has not come yet. */
export function pastMoment(
  needs: Pick<GatherNeeds, 'clock'>,
  { timeZone }: Pick<PortfolioState, 'timeZone'>,
  asOf: string,
): PastMoment | null {
  const today = todayIn(needs, { timeZone });
  if (asOf.length === 10) {
    const day = parseDay(asOf);
    if (day === null) throw refused(`${asOf} is no day of the calendar`);
    if (day > today) throw refused(`${asOf} has not come yet: today is ${formatDay(today)}`);
    return day === today ? null : { day, until: startOfDayIn(timeZone, formatDay(day + 1)) };
  }
  const at = Date.parse(asOf);
  if (Number.isNaN(at)) throw refused(`${asOf} is no instant`);
  if (at > needs.clock.now()) throw refused(`${asOf} has not come yet`);
  return { day: dayOfInstant(at, offsetMinutes(timeZone, at)), until: at + 1 };
}

function refused(message: string): AppError {
  return new AppError('invalid_value', `asOf: ${message}.`, { errors: [{ path: 'asOf', message }] });
}

export function createFiguresAsOf(needs: AsOfNeeds) {
  return async (state: PortfolioState, moment: PastMoment): Promise<FiguresAsOf> => {
    const gathered = await gatherHistory(needs, state, { until: moment.until });
    const isToday = moment.day === todayIn(needs, state);
    const prices = await pricesOf(needs, gathered, { day: moment.day, isToday });
    const input = { ...gathered.input, prices, latestRates: ratesOf(needs, gathered, moment.day) };
    const figures = await needs.threads.run('pastFigures', input, IN_TIME);
    return { ...figures, at: moment.until - 1, prices: isToday ? 'live' : 'close' };
  };
}

/** The market at the end of a past day, as text. */
export async function marketOn(needs: AsOfNeeds, gathered: Gathered, day: Day): Promise<MarketTexts> {
  const found = await pricesOf(needs, gathered, { day, isToday: false });
  const prices = Object.fromEntries(Object.entries(found).map(([key, { price }]) => [key, price]));
  return { prices, rates: ratesOf(needs, gathered, day) };
}

async function pricesOf(
  needs: AsOfNeeds,
  { stored }: Gathered,
  on: { readonly day: Day; readonly isToday: boolean },
): Promise<Readonly<Record<string, PastPrice>>> {
  const prices: Record<string, PastPrice> = {};
  for (const instrument of instrumentsOf(needs, stored)) {
    const found = on.isToday ? quoted(needs, instrument) : await closed(needs, instrument, on.day);
    if (found !== null) prices[instrument.key] = found;
  }
  return prices;
}

function quoted({ quotes }: AsOfNeeds, { key }: Instrument): PastPrice | null {
  const quote = quotes.quoteOf(key);
  if (quote === null) return null;
  const previous = quote.previousClose === null ? null : formatDecimal(quote.previousClose);
  return { price: formatDecimal(quote.last), previous, from: 'quote', at: new Date(quote.at).toISOString() };
}

/** The last close by that day. A day without one of its own has not moved. */
async function closed({ history }: AsOfNeeds, instrument: Instrument, day: Day): Promise<PastPrice | null> {
  const [last, before] = await history.lastCloses(instrument, { before: day + 1, count: 2 });
  if (last === undefined) return null;
  const previous = last.day < day ? last : before;
  return {
    price: formatDecimal(last.close),
    previous: previous === undefined ? null : formatDecimal(previous.close),
    from: 'close',
    at: new Date((last.day + 1) * DAY_MS - 1).toISOString(),
  };
}

function ratesOf({ rates }: AsOfNeeds, { stored, input }: Gathered, day: Day): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const currency of stored.currencies) {
    const rate = rates.rateOn(currency, input.baseCurrency, day);
    if (rate !== null) found[currency] = formatDecimal(rate.rate);
  }
  return found;
}
