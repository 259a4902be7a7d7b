import { DecimalError, formatDecimal, type Decimal } from '../money/index.ts';

/** Where a price between two ticks goes: to the nearer one (a tie upwards), or always down or up. */
export type TickRounding = 'nearest' | 'down' | 'up';

/** Whether the price is a whole number of ticks. Throws `DecimalError` unless the tick size is positive. */
export function isOnTick(price: Decimal, tickSize: Decimal): boolean {
  return price % checkedTick(tickSize) === 0n;
}

/**
 * The price as a whole number of ticks: 10.037 with a tick of 0.05 is 10.05, down 10.00, up 10.05.
 * `down` is towards minus infinity. Throws `DecimalError` unless the tick size is positive.
 */
export function roundToTick(price: Decimal, tickSize: Decimal, rounding: TickRounding = 'nearest'): Decimal {
  const tick = checkedTick(tickSize);
  const below = floorTo(price, tick);
  if (below === price || rounding === 'down') return below as Decimal;
  const above = below + tick;
  if (rounding === 'up') return above as Decimal;
  return (price - below < above - price ? below : above) as Decimal;
}

function floorTo(price: bigint, tick: bigint): bigint {
  const remainder = price % tick;
  return remainder < 0n ? price - remainder - tick : price - remainder;
}

function checkedTick(tickSize: Decimal): bigint {
  if (tickSize > 0n) return tickSize;
  throw new DecimalError(`A tick size of ${formatDecimal(tickSize)} is not positive.`);
}
