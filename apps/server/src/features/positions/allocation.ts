/** How a value is spread, by any of five keys. */
import { add, compare, formatDecimal, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { fraction } from './value-positions.ts';
import type { Valuation } from './value-positions.ts';

export type AllocationKey = 'symbol' | 'assetClass' | 'sector' | 'country' | 'currency';

/** A part of the whole, in the base currency: a position, or cash where there is no instrument. */
export interface AllocationPart {
  readonly instrument: Instrument | null;
  readonly value: Decimal;
}

export const CASH_KEY = 'cash';

export function partsOf({ positions, cashValue }: Valuation): readonly AllocationPart[] {
  const held = positions.map(({ instrument, baseValue }) => ({ instrument, value: baseValue }));
  return cashValue === ZERO ? held : [...held, { instrument: null, value: cashValue }];
}

/** What an instrument counts under; "unknown" where nothing is said of it. */
export function allocationKey(instrument: Instrument | null, by: AllocationKey): string {
  if (instrument === null) return CASH_KEY;
  return by === 'symbol' ? symbolOf(instrument) : (instrument[by] ?? 'unknown');
}

export function allocationJson(parts: readonly AllocationPart[], by: AllocationKey) {
  const sums = new Map<string, Decimal>();
  for (const { instrument, value } of parts) {
    const key = allocationKey(instrument, by);
    sums.set(key, add(sums.get(key) ?? ZERO, value));
  }
  const whole = sum(parts.map(({ value }) => value));
  const sorted = [...sums].sort(([, a], [, b]) => compare(b, a));
  return { items: sorted.map(([key, value]) => ({ key, value: formatDecimal(value), weight: fraction(value, whole) ?? 0 })) };
}
