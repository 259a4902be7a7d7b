import type { CurrencyCode, Decimal } from '../money/index.ts';

/** What kind of thing can be held. `cash` is a money fund or a currency pair, `other` what a user describes (a house, a watch). */
export type AssetClass = 'stock' | 'etf' | 'bond' | 'fund' | 'crypto' | 'index' | 'cash' | 'other';

export const ASSET_CLASSES: readonly AssetClass[] = Object.freeze(['stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other']);

/** `active` trades, `halted` is priced but takes no orders for now, `inactive` is kept only for the history that names it. */
export type InstrumentStatus = 'active' | 'halted' | 'inactive';

/** A thing that can be held or followed. Prices are in `currency` per unit; a unit of a bond is one face value. */
export interface Instrument {
  readonly symbol: string;
  readonly name: string;
  /** The code of the exchange that lists it, null for what no exchange lists. */
  readonly exchange: string | null;
  readonly assetClass: AssetClass;
  readonly currency: CurrencyCode;
  readonly sector: string | null;
  /** ISO 3166 alpha-2, null where no single country fits. */
  readonly country: string | null;
  /** The step between two neighbouring prices, null where any price will do. */
  readonly tickSize: Decimal | null;
  readonly status: InstrumentStatus;
}

export function isAssetClass(text: string): text is AssetClass {
  return ASSET_CLASSES.some((known) => known === text);
}

/** Whether orders may name it: an index is followed, never held. */
export function isTradable(instrument: Pick<Instrument, 'assetClass' | 'status'>): boolean {
  return instrument.status === 'active' && instrument.assetClass !== 'index';
}
