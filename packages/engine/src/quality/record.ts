import type { Decimal } from '../money/index.ts';
import { formatDay, type Day } from '../time/index.ts';

/** What a record moves, as far as the checks tell them apart. */
export type RecordKind = 'buy' | 'sell' | 'split' | 'transferIn' | 'transferOut' | 'cash' | 'other';

/** A recorded transaction or order as it was accepted, possibly from a file, so that any of its figures may be wrong or missing. */
export interface QualityRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly symbol: string | null;
  readonly exchange: string | null;
  readonly currency: string | null;
  readonly quantity: Decimal | null;
  /** Price of one unit, in `currency`. */
  readonly price: Decimal | null;
  /** For splits: new shares per old share. */
  readonly ratio?: Decimal | undefined;
  /** Milliseconds since 1970. */
  readonly tradedAt: number;
  /** The day it counts for, in the exchange's zone for a trade. */
  readonly tradedOn: Day;
  /** Whether the time of day is known; false where only a day was given. */
  readonly hasTime: boolean;
}

/** What one day's trading in an instrument was. */
export interface TradedDay {
  readonly high: Decimal;
  readonly low: Decimal;
  readonly volume: Decimal;
}

export interface KnownSplit {
  readonly symbol: string;
  readonly exOn: Day;
  readonly newShares: Decimal;
  readonly oldShares: Decimal;
}

export interface CashDay {
  readonly currency: string;
  readonly on: Day;
  readonly balance: Decimal;
}

/** Everything the checks look at, gathered beforehand. */
export interface QualityInput {
  /** In order of time, and of recording within an instant. */
  readonly records: readonly QualityRecord[];
  readonly nowMs: number;
  /** What the market did on a day, or null where it is not known. */
  readonly tradedDay: (symbol: string, on: Day) => TradedDay | null;
  /** When the price of each symbol held now was made, null where there is none. */
  readonly quotedAt: ReadonlyMap<string, number | null>;
  /** How old a price may be before it is called stale. */
  readonly staleAfterMs: number;
  readonly splits: readonly KnownSplit[];
  /** The balance at the end of each day that has one, by currency and day. */
  readonly cashDays: readonly CashDay[];
  /** How a description names a record: "order_id=42", "the purchase of 2 May". */
  readonly nameOf: (record: QualityRecord) => string;
}

/** "purchase" or "sale" for trades, "record" for anything else. */
export function nounOf({ kind }: Pick<QualityRecord, 'kind'>): string {
  return kind === 'buy' ? 'purchase' : kind === 'sell' ? 'sale' : 'record';
}

/** The plainest name: what, which and when. */
export function plainName(record: QualityRecord): string {
  return `the ${nounOf(record)} of ${record.symbol ?? 'cash'} on ${formatDay(record.tradedOn)}`;
}

export function isTrade({ kind }: Pick<QualityRecord, 'kind'>): boolean {
  return kind === 'buy' || kind === 'sell';
}
