import { parseDay } from '@holdfast/engine/time';
import { AppError } from '../../platform/http/index.ts';
import type { WallClock } from '../ticks/index.ts';

/** A half-open range of instants, epoch milliseconds. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RangeAsked {
  readonly from?: string;
  readonly to?: string;
}

export interface RangeRules {
  /** The clock by which a day is a day. */
  readonly clock: WallClock;
  /** Where the range ends when nobody says so. */
  readonly endMs: number;
  /** How far back it begins when nobody says so. */
  readonly spanMs: number;
}

const DAY_MS = 86_400_000;

/** Reads days and instants. A day in `to` is inside the range, an instant is not. Throws `invalid_value`. */
export function timeRange({ from, to }: RangeAsked, { clock, endMs, spanMs }: RangeRules): TimeRange {
  const toMs = to === undefined ? endMs : edge(to, 'to', { clock, daysOn: 1 });
  const fromMs = from === undefined ? toMs - spanMs : edge(from, 'from', { clock, daysOn: 0 });
  if (fromMs >= toMs && from !== undefined && to !== undefined) throw invalid('from', 'is not before `to`');
  return { fromMs, toMs: Math.max(fromMs, toMs) };
}

function edge(text: string, path: string, { clock, daysOn }: { readonly clock: WallClock; readonly daysOn: 0 | 1 }): number {
  if (text.length === 10) {
    const day = parseDay(text);
    if (day === null) throw invalid(path, 'is not a day of the calendar');
    return clock.toInstantMs((day + daysOn) * DAY_MS);
  }
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw invalid(path, 'is not an instant such as 2026-01-05T14:30:00Z');
  return at;
}

export function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
