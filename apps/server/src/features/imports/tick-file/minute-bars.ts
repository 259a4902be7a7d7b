/**
 * What a load knows of the days it touched, until it is written: the minutes of each instrument and day, and how many ticks there are.
 * Prices and volumes are exact integers of millionths; a price that does not fit marks its day as inexact, and the database works
 * that day out from the stored ticks instead.
 */
import type { MarketDay } from '../../ticks/index.ts';

export interface MinuteBar {
  /** Minutes since 1970. */
  readonly minute: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Microseconds since 1970 and row number of the first and the last tick: what came first when two parts of a minute are put together. */
  firstAt: number;
  firstNumber: number;
  lastAt: number;
  lastNumber: number;
}

/** One instrument on one day. */
export interface TickerDay {
  readonly instrumentKey: number;
  readonly zone: string;
  readonly frame: MarketDay;
  tickCount: number;
  firstAt: number;
  lastAt: number;
  inexact: boolean;
  readonly minutes: Map<number, MinuteBar>;
  /** The minute of the last tick: most ticks fall into the minute of the one before. */
  current: MinuteBar | null;
}

export function openTickerDay(of: { readonly instrumentKey: number; readonly zone: string; readonly frame: MarketDay }): TickerDay {
  return {
    instrumentKey: of.instrumentKey,
    zone: of.zone,
    frame: of.frame,
    tickCount: 0,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    inexact: false,
    minutes: new Map(),
    current: null,
  };
}

export interface Trade {
  /** Microseconds since 1970. */
  at: number;
  number: number;
  /** Millionths; NaN when it does not fit. */
  price: number;
  quantity: number;
}

const MINUTE_MICROS = 60_000_000;

/** Adds a tick to its minute; true when that minute is new. */
export function addToMinute(day: TickerDay, trade: Trade): boolean {
  const minute = Math.floor(trade.at / MINUTE_MICROS);
  let bar = day.current;
  if (bar === null || bar.minute !== minute) {
    const known = day.minutes.get(minute);
    if (known === undefined) {
      day.current = openMinute(minute, trade);
      day.minutes.set(minute, day.current);
      if (Number.isNaN(trade.price + trade.quantity)) day.inexact = true;
      return true;
    }
    bar = known;
    day.current = known;
  }
  const { price, at } = trade;
  if (price > bar.high) bar.high = price;
  if (price < bar.low) bar.low = price;
  if (at >= bar.lastAt) {
    bar.close = price;
    bar.lastAt = at;
    bar.lastNumber = trade.number;
  } else if (at < bar.firstAt) {
    bar.open = price;
    bar.firstAt = at;
    bar.firstNumber = trade.number;
  }
  bar.volume += trade.quantity;
  if (!(bar.volume <= Number.MAX_SAFE_INTEGER && price === price)) day.inexact = true;
  return false;
}

function openMinute(minute: number, { at, number, price, quantity }: Trade): MinuteBar {
  return {
    minute,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: quantity,
    firstAt: at,
    firstNumber: number,
    lastAt: at,
    lastNumber: number,
  };
}

/** The decimal text of an integer of millionths: 49680000 is "49.68". */
export function millionthsText(value: number): string {
  const size = Math.abs(value);
  const whole = Math.floor(size / 1_000_000);
  const rest = size - whole * 1_000_000;
  const sign = value < 0 ? '-' : '';
  return rest === 0 ? `${sign}${whole}` : `${sign}${whole}.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
}
