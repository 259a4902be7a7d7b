import type { TickersQuery } from '@holdfast/contract/tickers-api';
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import { IMPORT_SOURCE, symbolOf } from '../../features/instruments/index.ts';
import type { Instrument, InstrumentBook } from '../../features/instruments/index.ts';
import type { Quote, QuoteBoard } from '../../features/quotes/index.ts';
import type { StoredDays, TickDays, WallClock } from '../../features/ticks/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { createAnswerCache } from './answer-cache.ts';
import { dashedDay, floatText, integerText, naiveText, queryDays } from './wire-text.ts';
import type { QueryDays } from './wire-text.ts';

/** GET /tickers from memory. */
export interface TickerList {
  /** The answer as JSON text. Throws `invalid_value`. */
  text(query: TickersQuery): string;
  /** Changes when an answer may have. */
  version(): string;
}

export interface TickerListNeeds {
  readonly book: InstrumentBook;
  readonly board: QuoteBoard;
  readonly days: TickDays;
  readonly clock: Clock;
  /** The clock of an instrument's days, by what is known without asking the database. */
  readonly wallOf: (instrument: Instrument) => WallClock;
}

const DAY_MS = 86_400_000;
const PAGE = 100;

export function createTickerList(needs: TickerListNeeds): TickerList {
  const { book, board, days, clock } = needs;
  const answers = createAnswerCache();
  /** The parts of an item around its dates, made once per quote. */
  const parts = new WeakMap<Quote, readonly [head: string, tail: string]>();
  // A computed quote changes with the second, whether or not a beat told of it.
  const version = (): string => `${Math.floor(clock.now() / 1000)} ${board.sequence} ${book.version} ${days.version}`;

  const allDates = new WeakMap<StoredDays, string>();
  const datesText = (found: FoundDays): string => {
    if (found.whole === null) return datesOf(found.days);
    const text = allDates.get(found.whole) ?? datesOf(found.days);
    allDates.set(found.whole, text);
    return text;
  };
  const itemText = (instrument: Instrument, quote: Quote, found: FoundDays): string => {
    const made = parts.get(quote) ?? partsOf(instrument, quote, needs.wallOf(instrument));
    parts.set(quote, made);
    return `${made[0]}[${datesText(found)}]${made[1]}`;
  };
  const build = (query: TickersQuery): string => {
    const { skip = 0, limit = PAGE, search } = query;
    const range = queryDays(query);
    const wanted = search?.trim().toUpperCase() ?? '';
    const items: string[] = [];
    let total = 0;
    for (const instrument of book.listPublic()) {
      if (instrument.status !== 'active' || !symbolOf(instrument).includes(wanted)) continue;
      const quote = board.quoteOf(instrument.key);
      if (quote === null) continue;
      const found = findDays(needs, { instrument, quote, range });
      if (found.days.length === 0) continue;
      total += 1;
      if (total > skip && items.length < limit) items.push(itemText(instrument, quote, found));
    }
    return `{"tickers_with_dates":[${items.join(',')}],"total":${total},"skip":${skip},"limit":${limit}}`;
  };
  return {
    version,
    text(query) {
      const key = JSON.stringify([query.skip, query.limit, query.search, query.start_date, query.end_date]);
      const now = version();
      return answers.get(key, now) ?? answers.set(key, now, build(query));
    },
  };
}

interface FoundDays {
  readonly days: ArrayLike<Day>;
  /** What the days are all of, when no range cut them. */
  readonly whole: StoredDays | null;
}

interface DaysAsked {
  readonly instrument: Instrument;
  readonly quote: Quote;
  readonly range: QueryDays;
}

/** The days with stored ticks, those in the range; of an instrument whose ticks are not stored, the day of its price. */
function findDays({ days, wallOf }: TickerListNeeds, { instrument, quote, range: { from, to } }: DaysAsked): FoundDays {
  const whole = instrument.source === IMPORT_SOURCE ? days.of(instrument.key) : null;
  if (whole !== null && from === null && to === null) return { days: whole.days, whole };
  const all = whole?.days ?? Int32Array.of(Math.floor(wallOf(instrument).toLocalMs(quote.at) / DAY_MS));
  return { days: all.filter((day) => (from === null || day >= from) && (to === null || day <= to)), whole: null };
}

function datesOf(days: ArrayLike<Day>): string {
  return Array.from(days, (day) => `"${dashedDay(day)}"`).join(',');
}

function partsOf(instrument: Instrument, quote: Quote, wall: WallClock): readonly [head: string, tail: string] {
  const head = `{"id":"${instrument.id}","ticker":${JSON.stringify(symbolOf(instrument))},"dates":`;
  const figures = [
    `"sellqty":${integerText(decimalText(quote.askSize))}`,
    `"sellprice":${floatText(decimalText(quote.ask))}`,
    `"ltp":${floatText(decimalText(quote.last))}`,
    `"ltq":${integerText(decimalText(quote.lastSize))}`,
    `"latest_timestamp":"${naiveText(wall.toLocalMs(quote.at) * 1000)}"`,
  ];
  return [head, `,${figures.join(',')}}`];
}

export function decimalText(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}
