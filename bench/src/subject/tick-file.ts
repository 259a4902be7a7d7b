/** Files of ticks in the shape that vendors sell: one line per report, ticker by ticker, random walks that are the same each time. */
import { Buffer } from 'node:buffer';
import { zipSync } from 'fflate';

export interface TickFileAsked {
  readonly tickers: number;
  /** Days of the file, as epoch days. */
  readonly days: readonly number[];
  /** Of one ticker on one day, spread over the session. */
  readonly ticksPerDay: number;
}

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest\n';
const OPENS_AT_SECOND = 9 * 3_600 + 15 * 60;
const SESSION_SECONDS = 22_500;
const DAY_MS = 86_400_000;

/** The lines of each ticker's each day, one text after the other, the header first. */
export function* tickTexts({ tickers, days, ticksPerDay }: TickFileAsked): Generator<string> {
  yield HEADER;
  const next = chance(42);
  for (let ticker = 0; ticker < tickers; ticker += 1) {
    let cents = 10_000 + ticker * 100;
    for (const day of days) {
      const [name, date] = [`BENCH${ticker}.NSE`, dateText(day)];
      const lines: string[] = [];
      for (let at = 0; at < ticksPerDay; at += 1) {
        cents = Math.max(100, cents + Math.floor(next() * 11) - 5);
        const second = OPENS_AT_SECOND + Math.floor((at * SESSION_SECONDS) / ticksPerDay);
        const [bidSize, askSize, size] = [Math.floor(next() * 900) + 1, Math.floor(next() * 900) + 1, Math.floor(next() * 90) + 1];
        lines.push(
          `${name},${date},${timeText(second)},${price(cents)},${price(cents - 5)},${bidSize},${price(cents + 5)},${askSize},${size},0\n`,
        );
      }
      yield lines.join('');
    }
  }
}

/** The same as a zip with one CSV in it. */
export function zippedTicks(asked: TickFileAsked): Uint8Array<ArrayBuffer> {
  const csv = Buffer.concat([...tickTexts(asked)].map((text) => Buffer.from(text, 'latin1')));
  return Uint8Array.from(zipSync({ 'ticks.csv': [csv, { level: 3 }] }));
}

/** 2025-06-02, a Monday, and the days after it. */
export function daysFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => Date.UTC(2025, 5, 2) / DAY_MS + first + at);
}

function dateText(day: number): string {
  const text = new Date(day * DAY_MS).toISOString();
  return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)}`;
}

function timeText(second: number): string {
  return new Date(second * 1_000).toISOString().slice(11, 19);
}

function price(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** Mulberry32: figures from 0 to 1 that look random and are the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
