import type { AssetClass } from '@holdfast/engine/instruments';
import type { Decimal } from '@holdfast/engine/money';
import { SIMULATED } from '../../providers/market-data/index.ts';

export type { AssetClass } from '@holdfast/engine/instruments';

/** Something that can be held or followed. Public ones have no owner; a private one exists for its owner only. */
export interface Instrument {
  readonly id: string;
  /** The narrow key of ticks, bars, positions and orders. */
  readonly key: number;
  readonly symbol: string;
  /** Null for what no exchange lists: most private instruments. */
  readonly exchange: string | null;
  /** Whether the bare symbol means this listing. */
  readonly isPrimary: boolean;
  readonly name: string;
  readonly assetClass: AssetClass;
  readonly currency: string;
  readonly sector: string | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
  readonly isin: string | null;
  /** Null where any price will do. */
  readonly tickSize: Decimal | null;
  readonly status: 'active' | 'inactive';
  /** Whose prices it has: "simulated", "import", "manual" or a provider's name. Prices of two sources never mix in a series. */
  readonly source: string;
  readonly ownerId: string | null;
}

/** The source of instruments that are priced by the file they were imported from. */
export const IMPORT_SOURCE = 'import';
/** The source of instruments whose owner, or an administrator, gives the prices. */
export const MANUAL_SOURCE = 'manual';

/** Whether prices of the source are fetched from a provider: neither computed nor of a file nor given by hand. */
export function isFetched(source: string): boolean {
  return source !== SIMULATED && source !== IMPORT_SOURCE && source !== MANUAL_SOURCE;
}

/** The name by which the book finds it again, and the `symbol` of every answer: SYMBOL.EXCHANGE unless the bare symbol means it. */
export function symbolOf({ symbol, exchange, isPrimary }: Pick<Instrument, 'symbol' | 'exchange' | 'isPrimary'>): string {
  return isPrimary || exchange === null ? symbol : `${symbol}.${exchange}`;
}
