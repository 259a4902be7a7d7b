import type { Bar } from '@holdfast/engine/bars';
import type { Decimal } from '@holdfast/engine/money';
import type { HistoryRequest, ListingProfile } from '../market-data.ts';

/** A recorded market: what was reported of some listings, in order of time. */
export interface Tape {
  /** What is on it, read when it is opened. */
  readonly listings: readonly ListingProfile[];
  /** The first and the last instant on it, or null for an empty one. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
  /** The last report of each symbol within (afterMs, untilMs], with its day's figures so far. */
  read(stretch: { readonly afterMs: number; readonly untilMs: number }): Promise<readonly TapeReport[]>;
  bars(symbol: string, request: HistoryRequest): Promise<readonly Bar[]>;
}

export interface TapeReport {
  readonly symbol: string;
  readonly exchange: string | null;
  readonly at: number;
  readonly last: Decimal;
  readonly bid: Decimal | null;
  readonly bidSize: Decimal | null;
  readonly ask: Decimal | null;
  readonly askSize: Decimal | null;
  readonly open: Decimal | null;
  readonly high: Decimal | null;
  readonly low: Decimal | null;
  readonly previousClose: Decimal | null;
  readonly volume: Decimal | null;
}
