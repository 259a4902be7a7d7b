import { ZERO, type Decimal } from '../money/index.ts';
import { sessionOf, toLocalMs, zoneOf, type OpenStretch, type Zone } from '../time/index.ts';
import { mergeBars, type Bar } from './bar.ts';
import { stretchOf, type Interval, type Stretch } from './interval.ts';
import type { Tick } from './tick.ts';

/** Whose wall clock cuts the intervals, and how long they are. */
export interface BarShape {
  readonly interval: Interval;
  readonly zone: Zone;
}

/**
 * Collects one bar after the other. `add` gives the bar that is complete because the new piece begins a later interval, or null.
 * Pieces must come in order of time; the order within an instant is the order of adding. A piece that belongs before the bar in the
 * making throws RangeError: ask `isLate` first where that can happen.
 */
export interface BarBuilder {
  readonly addTick: (tick: Tick) => Bar | null;
  readonly addBar: (bar: Bar) => Bar | null;
  readonly isLate: (at: number) => boolean;
  /** The bar in the making, or null before the first piece. */
  readonly current: () => Bar | null;
  /** The bars there would be with one more piece: the bar in the making with it, after the one it would complete. Changes nothing. */
  readonly preview: (bar: Bar) => readonly Bar[];
}

interface Making {
  open: Decimal;
  high: Decimal;
  low: Decimal;
  close: Decimal;
  volume: Decimal;
}

export function createBarBuilder({ interval, zone }: BarShape): BarBuilder {
  let stretch: Stretch | null = null;
  let making: Making | null = null;
  const finished = (): Bar | null => (stretch === null || making === null ? null : { startAt: stretch.startAt, ...making });
  const add = (at: number, piece: Making): Bar | null => {
    if (stretch !== null && making !== null && at < stretch.endAt) {
      if (at < stretch.startAt) throw new RangeError(`A piece of ${new Date(at).toISOString()} comes after the bar it belongs to.`);
      extend(making, piece);
      return null;
    }
    const complete = finished();
    stretch = stretchOf(interval, zone, at);
    making = { open: piece.open, high: piece.high, low: piece.low, close: piece.close, volume: piece.volume };
    return complete;
  };
  return {
    addTick: ({ at, price, quantity }) => add(at, { open: price, high: price, low: price, close: price, volume: quantity }),
    addBar: (bar) => add(bar.startAt, bar),
    isLate: (at) => stretch !== null && at < stretch.startAt,
    current: finished,
    preview: (bar) => {
      const current = finished();
      if (current !== null && stretch !== null && bar.startAt < stretch.endAt) return [mergeBars(current, bar)];
      const next = { ...bar, startAt: stretchOf(interval, zone, bar.startAt).startAt };
      return current === null ? [next] : [current, next];
    },
  };
}

function extend(making: Making, piece: Making): void {
  if (piece.high > making.high) making.high = piece.high;
  if (piece.low < making.low) making.low = piece.low;
  making.close = piece.close;
  making.volume = (making.volume + piece.volume) as Decimal;
}

/** The bars of ticks that are in order of time; an interval without a tick has no bar. */
export function aggregateTicks(ticks: Iterable<Tick>, shape: BarShape): readonly Bar[] {
  const builder = createBarBuilder(shape);
  return collect(builder, ticks, (tick) => builder.addTick(tick));
}

/** Larger bars out of smaller ones, by the rule of merging: minutes to hours, days to weeks. */
export function aggregateBars(bars: Iterable<Bar>, shape: BarShape): readonly Bar[] {
  const builder = createBarBuilder(shape);
  return collect(builder, bars, (bar) => builder.addBar(bar));
}

function collect<Piece>(builder: BarBuilder, pieces: Iterable<Piece>, add: (piece: Piece) => Bar | null): readonly Bar[] {
  const bars: Bar[] = [];
  for (const piece of pieces) {
    const complete = add(piece);
    if (complete !== null) bars.push(complete);
  }
  const last = builder.current();
  return last === null ? bars : [...bars, last];
}

/** The same bars with a flat one, at the last close and with volume 0, for every empty interval between the first and the last. */
export function fillGaps(bars: readonly Bar[], { interval, zone }: BarShape): readonly Bar[] {
  const filled: Bar[] = [];
  for (const bar of bars) {
    for (let before = filled.at(-1); before !== undefined; before = filled.at(-1)) {
      const nextAt = stretchOf(interval, zone, before.startAt).endAt;
      if (nextAt >= bar.startAt) break;
      const { close } = before;
      filled.push({ startAt: nextAt, open: close, high: close, low: close, close, volume: ZERO });
    }
    filled.push(bar);
  }
  return filled;
}

/**
 * Whether an instant lies in a session of the exchange, for the many instants of a file: the session of a day is looked up once.
 * Ticks outside are kept as ticks and left out of session bars.
 */
export function sessionFilter(exchange: string): (at: number) => boolean {
  const zone = zoneOf(exchange);
  let known: { readonly day: number; readonly stretches: readonly OpenStretch[] } | null = null;
  return (at) => {
    const day = Math.floor(toLocalMs(zone, at) / 86_400_000);
    if (known?.day !== day) known = { day, stretches: sessionOf(exchange, day)?.stretches ?? [] };
    return known.stretches.some(({ openAt, closeAt }) => at >= openAt && at < closeAt);
  };
}
