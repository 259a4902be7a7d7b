import type { AssetClass } from '../../instruments/index.ts';
import type { CurrencyCode } from '../../money/index.ts';

/** What moves a group together: shares with shares, bonds with interest rates, currencies with the dollar, coins with coins. */
export type Factor = 'equity' | 'rates' | 'dollar' | 'crypto';

/**
 * One row per instrument. `price` is about what it cost at the beginning of 2025, in the group's currency; `volatility` is the yearly
 * standard deviation in per cent; `together` is the correlation with the group's factor; `volume` is a plausible day's.
 * Names, exchanges and sectors (GICS) are facts; the prices that grow from the row are made up.
 */
export type ListingRow = readonly [
  symbol: string,
  name: string,
  sector: string | null,
  price: string,
  volatility: number,
  together: number,
  volume: number,
];

export interface ListingGroup {
  readonly assetClass: AssetClass;
  readonly exchange: string;
  readonly country: string | null;
  readonly currency: CurrencyCode;
  readonly tickSize: string;
  readonly factor: Factor;
  /** Yearly growth of the price in the long run, in per cent. */
  readonly growth: number;
  readonly rows: readonly ListingRow[];
}

/** GICS sector names that more than one group uses. */
export const SECTOR = {
  technology: 'Information Technology',
  communication: 'Communication Services',
  discretionary: 'Consumer Discretionary',
  staples: 'Consumer Staples',
  health: 'Health Care',
  financials: 'Financials',
  industrials: 'Industrials',
  energy: 'Energy',
  materials: 'Materials',
} as const;
