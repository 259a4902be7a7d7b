/** Turns the fields of one row into a row of the table `ticks`, in PostgreSQL's binary COPY format. The innermost loop of an import. */
import { LEFT_OUT_OF_BARS, marketDay, TICK_FLAGS } from '../../ticks/index.ts';
import type { MarketDay, TradingClock } from '../../ticks/index.ts';
import { COLUMNS } from './columns.ts';
import type { Column } from './columns.ts';
import { createFields } from './fields.ts';
import type { Fields } from './fields.ts';
import { addToMinute, openTickerDay } from './minute-bars.ts';
import type { TickerDay, Trade } from './minute-bars.ts';
import { int16, int32, writeNull, writeNumeric } from './numeric-wire.ts';
import type { WireCursor } from './numeric-wire.ts';
import type { RowSinks } from './row-sinks.ts';
import { NO_TIME, readDate, readTimeOfDay } from './row-time.ts';
import type { Ticker, TickerBook } from './ticker-book.ts';
import { instantOn, writtenDate } from './written-clock.ts';

/** What came of a row. `needsKeys`: nothing was done; give the book keys and try the row again. */
export type RowOutcome = 'stored' | 'flagged' | 'rejected' | 'needsKeys';

export interface RowDecoder {
  readonly fields: Fields;
  decode(places: readonly number[], number: number): RowOutcome;
  /** Why the last row was rejected. */
  readonly fault: { column: Column | null; message: string };
  /** Minutes held in memory since they were last taken. */
  heldMinutes: number;
  heldDays: number;
}

export interface RowDecoderParts {
  readonly importKey: number;
  readonly book: TickerBook;
  readonly sinks: RowSinks;
  /** Epoch milliseconds: what is more than a day ahead of it is flagged. */
  readonly now: number;
}

const FIELD_COUNT = 12;
const DAY_MICROS = 86_400_000_000;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MICROS = 946_684_800_000_000;
const TWO_32 = 4_294_967_296;
/** Where a column stands in COLUMNS. */
const TICKER = 0;
const DATE = 1;
const TIME = 2;
const LTP = 3;
const BUY_PRICE = 4;
const BUY_QUANTITY = 5;
const SELL_PRICE = 6;
const SELL_QUANTITY = 7;
const LAST_QUANTITY = 8;
const OPEN_INTEREST = 9;

export function createRowDecoder(parts: RowDecoderParts): RowDecoder {
  const fields = createFields();
  const row: Row = {
    ...parts,
    fields,
    futureMicros: parts.now * 1000 + DAY_MICROS,
    fault: { column: null, message: '' },
    cursor: { bytes: fields.bytes, out: fields.bytes, at: 0, millionths: 0, negative: false },
    trade: { at: 0, number: 0, price: 0, quantity: 0 },
    flags: 0,
    openDays: new Map(),
    heldMinutes: 0,
    heldDays: 0,
    decode: (places, number) => decode(row, places, number),
  };
  return row;
}

/** The decoder, with what it keeps of the row it is at. Nothing of it is made anew for a row. */
interface Row extends RowDecoder, RowDecoderParts {
  readonly futureMicros: number;
  readonly cursor: WireCursor;
  readonly trade: Trade;
  flags: number;
  /** Tickers of one exchange share its days, which are found by the day of the last row first. */
  readonly openDays: Map<TradingClock, MarketDay>;
}

function decode(row: Row, places: readonly number[], rowNumber: number): RowOutcome {
  const { fields, fault, cursor, trade, sinks, importKey } = row;
  if (fields.count !== COLUMNS.length) {
    fault.column = null;
    fault.message = `The row has ${fields.count} ${fields.count === 1 ? 'column' : 'columns'}, not ${COLUMNS.length}.`;
    return 'rejected';
  }
  const day = locate(row, places);
  if (day === null) return fault.message === '' ? 'needsKeys' : 'rejected';
  const sink = sinks.at(trade.at);
  cursor.bytes = fields.bytes;
  cursor.out = sink.slab;
  cursor.at = writeHead(sink.slab, sink.used, { instrumentKey: day.instrumentKey, at: trade.at, importKey, rowNumber });
  if (!numbers(row, places)) return 'rejected';
  cursor.at = writeTail(sink.slab, cursor.at, row);
  sinks.keep(sink, cursor.at);
  trade.number = rowNumber;
  day.tickCount += 1;
  if (trade.at < day.firstAt) day.firstAt = trade.at;
  if (trade.at > day.lastAt) day.lastAt = trade.at;
  if ((row.flags & LEFT_OUT_OF_BARS) === 0 && addToMinute(day, trade)) row.heldMinutes += 1;
  return row.flags === 0 ? 'stored' : 'flagged';
}

function reject({ fault }: Row, column: number, message: string): void {
  fault.column = COLUMNS[column] ?? null;
  fault.message = message;
}

function shown({ fields }: Row, place: number): string {
  return JSON.stringify(textAt(fields, place).slice(0, 40));
}

function dayOf(row: Row, ticker: Ticker): TickerDay {
  const { openDays, trade } = row;
  const found = openDays.get(ticker.trading) ?? marketDay(ticker.trading, Math.floor(trade.at / 1000));
  const frame = holds(found, trade.at) ? found : marketDay(ticker.trading, Math.floor(trade.at / 1000));
  openDays.set(ticker.trading, frame);
  const known = ticker.days.get(frame.startMicros);
  if (known !== undefined) return known;
  const day = openTickerDay({ instrumentKey: ticker.instrumentKey, zone: ticker.trading.wall.zone, frame });
  ticker.days.set(frame.startMicros, day);
  row.heldDays += 1;
  return day;
}

/** Writes a number, or null for an empty field; rejects what is neither. */
function number(row: Row, place: number, column: number): boolean {
  const { fields, cursor } = row;
  const start = fields.starts[place] as number;
  const end = fields.ends[place] as number;
  if (start === end && column !== LTP) writeNull(cursor);
  else if (!writeNumeric(cursor, start, end)) {
    reject(row, column, `${shown(row, place)} is no number: at most 20 digits before and 18 after the point.`);
    return false;
  }
  return true;
}

/** The seven numbers of a row, in the order of the table's columns, and what they say about it. */
function numbers(row: Row, places: readonly number[]): boolean {
  const { cursor, trade } = row;
  if (!number(row, places[LTP] as number, LTP)) return false;
  trade.price = cursor.millionths;
  if (cursor.negative || cursor.millionths === 0) row.flags |= TICK_FLAGS.priceNotPositive;
  if (!number(row, places[BUY_PRICE] as number, BUY_PRICE)) return false;
  const bid = cursor.millionths;
  if (!number(row, places[BUY_QUANTITY] as number, BUY_QUANTITY)) return false;
  let negative = cursor.negative;
  if (!number(row, places[SELL_PRICE] as number, SELL_PRICE)) return false;
  const ask = cursor.millionths;
  if (bid > ask && ask > 0) row.flags |= TICK_FLAGS.crossedQuote;
  if (!number(row, places[SELL_QUANTITY] as number, SELL_QUANTITY)) return false;
  negative ||= cursor.negative;
  if (!number(row, places[LAST_QUANTITY] as number, LAST_QUANTITY)) return false;
  negative ||= cursor.negative;
  trade.quantity = cursor.negative ? 0 : cursor.millionths;
  if (!number(row, places[OPEN_INTEREST] as number, OPEN_INTEREST)) return false;
  if (negative || cursor.negative) row.flags |= TICK_FLAGS.negativeQuantity;
  return true;
}

/** Finds the row's instrument, day and instant; null with a fault set, or with none when the book wants keys. */
function locate(row: Row, places: readonly number[]): TickerDay | null {
  const { fields, trade } = row;
  row.fault.message = '';
  const tickerAt = places[TICKER] as number;
  const ticker = row.book.find(textAt(fields, tickerAt));
  if (ticker === null) return null;
  if (typeof ticker === 'string') {
    reject(row, TICKER, `${shown(row, tickerAt)} ${ticker}.`);
    return null;
  }
  const dateAt = places[DATE] as number;
  const timeAt = places[TIME] as number;
  const { written } = ticker;
  const dateKey = readDate(fields.bytes, fields.starts[dateAt] as number, fields.ends[dateAt] as number);
  const date = written.last?.dateKey === dateKey ? written.last : writtenDate(written, dateKey);
  if (date === null) {
    reject(row, DATE, `${shown(row, dateAt)} is no date from 1970 to 2099 written DD/MM/YYYY.`);
    return null;
  }
  written.last = date;
  const sinceMidnight = readTimeOfDay(fields.bytes, fields.starts[timeAt] as number, fields.ends[timeAt] as number);
  if (sinceMidnight === NO_TIME) {
    reject(row, TIME, `${shown(row, timeAt)} is no time of day written HH:MM:SS.`);
    return null;
  }
  trade.at = instantOn(written, date, sinceMidnight);
  const day = ticker.day !== null && holds(ticker.day.frame, trade.at) ? ticker.day : dayOf(row, ticker);
  ticker.day = day;
  flagTime(row, day.frame);
  return day;
}

/** What the time of a row says about it. */
function flagTime(row: Row, frame: MarketDay): void {
  const { at } = row.trade;
  row.flags = frame.closedDay ? TICK_FLAGS.closedDay : 0;
  if (at < frame.openMicros || at >= frame.closeMicros) row.flags |= TICK_FLAGS.outsideSession;
  if (at > row.futureMicros) row.flags |= TICK_FLAGS.inTheFuture;
}

function textAt(fields: Fields, place: number): string {
  return fields.bytes.toString('latin1', fields.starts[place], fields.ends[place]);
}

function holds({ startMicros, endMicros }: MarketDay, at: number): boolean {
  return at >= startMicros && at < endMicros;
}

interface RowHead {
  readonly instrumentKey: number;
  readonly at: number;
  readonly importKey: number;
  readonly rowNumber: number;
}

/** instrument_key, at, number. A tick's number is that of its import, then that of its row: file order is the order within a second. */
function writeHead(out: Buffer, start: number, { instrumentKey, at, importKey, rowNumber }: RowHead): number {
  const since = at - POSTGRES_EPOCH_MICROS;
  const high = Math.floor(since / TWO_32);
  let to = int16(out, start, FIELD_COUNT);
  to = int32(out, to, 4);
  to = int32(out, to, instrumentKey);
  to = int32(out, to, 8);
  to = int32(out, to, high);
  to = int32(out, to, since - high * TWO_32);
  to = int32(out, to, 8);
  to = int32(out, to, importKey);
  return int32(out, to, rowNumber);
}

/** import_key, flags. */
function writeTail(out: Buffer, start: number, { importKey, flags }: { readonly importKey: number; readonly flags: number }): number {
  let to = int32(out, start, 4);
  to = int32(out, to, importKey);
  to = int32(out, to, 2);
  return int16(out, to, flags);
}
