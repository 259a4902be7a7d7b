/** Gathers what the checks look at and runs them. Checked when asked: what is right now is no issue any more. */
import { ALL_CHECKS, plainName, runChecks } from '@holdfast/engine/quality';
import type { Check, KnownSplit, QualityIssue, QualityRecord, RecordKind, TradedDay } from '@holdfast/engine/quality';
import { add, decimal, divide, isPositive, negate, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { dayOfInstant, formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { offsetMinutes } from '../../platform/time-zone.ts';
import type { PriceHistory } from '../bars/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { findCashDays, findRecords, findSplits } from './quality-store.ts';
import type { RecordRow } from './quality-store.ts';

export interface QualityNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  readonly history: PriceHistory;
  /** Whether the instrument trades in its exchange's sessions only; a simulated market that never closes has none. */
  readonly keepsSessions: (instrument: Instrument) => boolean;
}

export interface CheckedPortfolio {
  readonly id: string;
  readonly epoch: number;
  readonly timeZone: string;
  readonly cashMode: 'full' | 'implied';
}

export interface CheckedHow {
  /** How a description names a record. */
  readonly nameOf?: (record: QualityRecord) => string;
  /** Fewer than all look at the records alone, and at no market. */
  readonly checks?: readonly Check[];
}

const DAY_MS = 86_400_000;
/** Prices of instruments that are priced by hand or by files come once a day at best. */
const STALE_AFTER_MS = 3 * DAY_MS;
/** Symbols whose past is looked up for one portfolio; beyond that the range checks stay silent rather than slow. */
const MOST_HISTORIES = 500;

export async function checkPortfolio(
  needs: QualityNeeds,
  portfolio: CheckedPortfolio,
  how: CheckedHow = {},
): Promise<readonly QualityIssue[]> {
  const { nameOf = plainName, checks = ALL_CHECKS } = how;
  const of = { portfolioId: portfolio.id, epoch: portfolio.epoch };
  const rows = await findRecords(needs.db, of);
  const records = rows.map((row) => recordOf(needs, row, portfolio.timeZone));
  const cashDays = portfolio.cashMode === 'implied' ? [] : await findCashDays(needs.db, { ...of, timeZone: portfolio.timeZone });
  const traded = checks === ALL_CHECKS ? await tradedDays(needs, rows) : new Map<string, ReadonlyMap<Day, TradedDay>>();
  return runChecks(
    checks,
    {
      records,
      nowMs: needs.clock.now(),
      tradedDay: (symbol, on) => traded.get(symbol)?.get(on) ?? null,
      quotedAt: quoteTimes(needs, rows),
      staleAfterMs: STALE_AFTER_MS,
      splits: await splitsOf(needs, rows),
      cashDays: cashDays.map(({ currency, day, balance }) => ({ currency, on: parseDay(day) ?? 0, balance })),
      nameOf,
    },
    portfolio.id,
  );
}

function instrumentOf({ instruments }: QualityNeeds, row: RecordRow): Instrument | null {
  return row.instrument_key === null ? null : instruments.byKey(row.instrument_key);
}

const KINDS: Readonly<Record<string, RecordKind>> = {
  buy: 'buy',
  sell: 'sell',
  split: 'split',
  transferIn: 'transferIn',
  transferOut: 'transferOut',
  deposit: 'cash',
  withdrawal: 'cash',
};

function recordOf(needs: QualityNeeds, row: RecordRow, timeZone: string): QualityRecord {
  const instrument = instrumentOf(needs, row);
  const tradedAt = row.traded_at.getTime();
  return {
    id: row.id,
    kind: KINDS[row.type] ?? 'other',
    symbol: instrument === null ? null : symbolOf(instrument),
    exchange: instrument !== null && needs.keepsSessions(instrument) ? instrument.exchange : null,
    currency: row.currency,
    quantity: row.quantity === null ? null : decimal(row.quantity),
    price: row.price === null ? null : decimal(row.price),
    ratio: row.new_shares === null || row.old_shares === null ? undefined : divide(decimal(row.new_shares), decimal(row.old_shares)),
    tradedAt,
    tradedOn: dayOfInstant(tradedAt, offsetMinutes(timeZone, tradedAt)),
    // A day without a time is stored as its midnight in the portfolio's zone.
    hasTime: (tradedAt + offsetMinutes(timeZone, tradedAt) * 60_000) % DAY_MS !== 0,
  };
}

/** What stock splits the market knows of what was ever held. */
async function splitsOf(needs: QualityNeeds, rows: readonly RecordRow[]): Promise<readonly KnownSplit[]> {
  const keys = [...new Set(rows.flatMap(({ instrument_key: key }) => key ?? []))];
  const today = formatDay(Math.floor(needs.clock.now() / DAY_MS));
  return (await findSplits(needs.db, keys, today)).flatMap((split) => {
    const instrument = needs.instruments.byKey(split.instrument_key);
    const exOn = parseDay(split.ex_on);
    if (instrument === null || exOn === null) return [];
    return [{ symbol: symbolOf(instrument), exOn, newShares: decimal(split.new_shares), oldShares: decimal(split.old_shares) }];
  });
}

/** Daily ranges of every traded symbol over the days it was traded on. */
async function tradedDays(needs: QualityNeeds, rows: readonly RecordRow[]): Promise<ReadonlyMap<string, ReadonlyMap<Day, TradedDay>>> {
  const spans = new Map<number, { from: number; to: number }>();
  for (const row of rows) {
    if (row.instrument_key === null) continue;
    const at = row.traded_at.getTime();
    const span = spans.get(row.instrument_key);
    spans.set(row.instrument_key, { from: Math.min(at, span?.from ?? at), to: Math.max(at, span?.to ?? at) });
  }
  const days = new Map<string, Map<Day, TradedDay>>();
  for (const [key, span] of [...spans].slice(0, MOST_HISTORIES)) {
    const instrument = needs.instruments.byKey(key);
    if (instrument === null) continue;
    const bars = await needs.history.bars(instrument, { interval: '1d', fromMs: span.from - 2 * DAY_MS, toMs: span.to + 2 * DAY_MS });
    const ofSymbol = new Map<Day, TradedDay>();
    for (const bar of bars) ofSymbol.set(Math.floor(bar.startAt / DAY_MS), { high: bar.high, low: bar.low, volume: bar.volume });
    days.set(symbolOf(instrument), ofSymbol);
  }
  return days;
}

/** When the prices of what is held were made. */
function quoteTimes(needs: QualityNeeds, rows: readonly RecordRow[]): ReadonlyMap<string, number | null> {
  const held = new Map<number, Decimal>();
  for (const row of rows) {
    if (row.instrument_key === null || row.quantity === null || !isPositive(decimal(row.quantity))) continue;
    const signed = row.type === 'sell' ? negate(decimal(row.quantity)) : row.type === 'buy' ? decimal(row.quantity) : ZERO;
    held.set(row.instrument_key, add(held.get(row.instrument_key) ?? ZERO, signed));
  }
  const times = new Map<string, number | null>();
  for (const [key, quantity] of held) {
    const instrument = needs.instruments.byKey(key);
    if (instrument !== null && quantity > 0n) times.set(symbolOf(instrument), needs.quotes.quoteOf(key)?.at ?? null);
  }
  return times;
}
