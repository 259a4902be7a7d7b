import type { putInstrumentPrices as contract } from '@holdfast/contract/instruments';
import type { AnswerOf, BodyOf } from '@holdfast/contract';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import { formatDay, LAST_DAY, parseDay } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, exactInput } from '../../platform/http/index.ts';
import { entryOf, MANUAL_SOURCE, symbolOf, writableInstrument } from '../instruments/index.ts';
import type { Asker, Instrument, Instruments } from '../instruments/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { markPricesStale } from '../snapshots/index.ts';
import { loadLatest, lockInstrument, replaceLatest, summariseDayPrices, writeDayPrices } from './quote-store.ts';
import type { DayPrice, DayPriceSummary } from './quote-store.ts';
import type { Quote } from './quote.ts';

export interface PriceWriter {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: Instruments;
  /** Makes the board, here and on other servers, read the stored price again. */
  readonly corrected: (keys: readonly number[]) => Promise<void>;
}

type PricesRequest = { readonly symbol: string } & BodyOf<typeof contract>;

/** Sets the prices of days of an instrument whose prices are given by hand; the newest becomes its quote. */
export async function putPrices(writer: PriceWriter, asker: Asker, request: PricesRequest): Promise<AnswerOf<typeof contract>> {
  const { db, clock, instruments } = writer;
  const instrument = writableInstrument({ instruments }, asker, request.symbol);
  if (instrument.source !== MANUAL_SOURCE)
    throw new AppError(
      'conflict',
      `${symbolOf(instrument)} has the prices of its source, ${instrument.source}. Only an instrument whose prices are given by hand takes them.`,
    );
  const now = clock.now();
  const prices = dayPrices(request.prices, now);
  const answer = await transact(db, async (tx) => {
    await lockInstrument(tx, instrument.key);
    await writeDayPrices(tx, instrument.key, { prices, source: MANUAL_SOURCE });
    const firstDay = request.prices.reduce((first, { day }) => Math.min(first, parseDay(day) ?? first), LAST_DAY);
    await markPricesStale(tx, { instrumentKeys: [instrument.key], from: firstDay });
    const summary = await summariseDayPrices(tx, instrument.key, MANUAL_SOURCE);
    const [before] = await loadLatest(tx, [instrument.key]);
    await replaceLatest(tx, instrument.key, quoteFrom(summary, instrument, Math.max(now, (before?.number ?? 0) + 1)));
    await writeAuditEntry(tx, entryOf(asker, { at: now, action: 'instrument.priced', instrument }));
    const [newest] = summary.newest;
    return {
      symbol: symbolOf(instrument),
      count: summary.count,
      firstOn: summary.firstAt === null ? null : dayOf(summary.firstAt),
      lastOn: newest === undefined ? null : dayOf(newest.at),
      last: newest === undefined ? null : formatDecimal(decimal(newest.close)),
    };
  });
  await writer.corrected([instrument.key]);
  return answer;
}

/** Days that exist, each once, none in the future anywhere on earth; prices of more than 0. Throws `invalid_value`. */
function dayPrices(prices: PricesRequest['prices'], now: number): readonly DayPrice[] {
  const tomorrow = Math.floor(now / 86_400_000) + 1;
  const seen = new Set<number>();
  return prices.map(({ day, price }, index) => {
    const path = `prices.${index}`;
    const parsed = parseDay(day);
    if (parsed === null) throw invalid(`${path}.day`, 'is not a day of the calendar');
    if (parsed > tomorrow) throw invalid(`${path}.day`, `is in the future: it is ${formatDay(tomorrow - 1)}`);
    if (seen.has(parsed)) throw invalid(`${path}.day`, 'is there twice');
    seen.add(parsed);
    if (price === null) return { day, price };
    const exact = exactInput(price, `${path}.price`);
    if (exact <= 0n) throw invalid(`${path}.price`, 'must be more than 0');
    return { day, price: exact };
  });
}

function quoteFrom({ newest }: DayPriceSummary, instrument: Instrument, number: number): Quote | null {
  const [last, previous] = newest;
  if (last === undefined) return null;
  return {
    instrumentKey: instrument.key,
    symbol: symbolOf(instrument),
    last: decimal(last.close),
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    lastSize: null,
    open: null,
    high: null,
    low: null,
    previousClose: previous === undefined ? null : decimal(previous.close),
    volume: null,
    at: last.at.getTime(),
    source: MANUAL_SOURCE,
    number,
  };
}

function dayOf(at: Date): string {
  return formatDay(Math.floor(at.getTime() / 86_400_000));
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
