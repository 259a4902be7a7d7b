/** Prices of many symbols that walk at random, the same ones in every run: what alerts and resting orders are measured with. */
import { decimalFromInteger } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';

export interface WalkTick {
  readonly symbol: number;
  readonly price: Decimal;
  /** Epoch milliseconds. */
  readonly at: number;
}

const START_PRICE = 1_000_000;
/** Of 1,000,000: the usual step from tick to tick is 0.01 %. */
const STEP = 200;

/** Every symbol ticks once a second, in turn. */
export function walkPrices(symbols: number, ticks: number, seed: number): readonly WalkTick[] {
  const random = seededRandom(seed);
  const prices = new Float64Array(symbols).fill(START_PRICE);
  return Array.from({ length: ticks }, (_, index) => {
    const symbol = index % symbols;
    const price = Math.max(1, (prices[symbol] ?? START_PRICE) + Math.round((random() - 0.5) * 2 * STEP));
    prices[symbol] = price;
    return { symbol, price: decimalFromInteger(price), at: 1_000 * (1 + Math.floor(index / symbols)) };
  });
}

/** A level that the first price has not reached: up to half of it above or below, by a share from 0 to 1. */
export function levelBeyond(above: boolean, share: number): Decimal {
  const away = 0.0005 + share / 2;
  return decimalFromInteger(Math.round(START_PRICE * (above ? 1 + away : 1 - away)));
}

/** Mulberry32: small, fast and good enough to scatter levels. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
