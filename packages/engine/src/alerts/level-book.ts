import type { Decimal } from '../money/index.ts';
import { createLevelHeap, type LevelHeap, type Waiting } from './level-heap.ts';

/** A leg of an alert as it stands in the book of its series. */
export interface LegEntry extends Waiting {
  readonly direction: 'rising' | 'falling';
  readonly createdAt: number;
  /** Up to when it is known already how the leg stands: older looks leave it as it is. Minus infinity where nothing is known. */
  readonly seenAt: number;
}

/**
 * One look at a series: its value at an instant, and the highest and lowest it was since `fromAt`, the look before. A single tick is
 * all three. A leg that was created, or is known, within that time is asked about the value alone, since the extremes may be older.
 */
export interface Look {
  readonly at: number;
  readonly value: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly fromAt: number;
}

/**
 * The legs on one series, split by direction and into those that are armed and those that wait for their condition to be false. Each
 * kind is sorted by level, so that a look costs O(log n) for each leg it touches and two comparisons when it touches none.
 */
export interface LevelBook<Entry extends LegEntry> {
  readonly add: (entry: Entry, armed: boolean) => void;
  /** The legs whose line was passed. Each is left armed or waiting as the value now says. */
  readonly look: (look: Look) => readonly Entry[];
}

const NONE: readonly never[] = [];

export function createLevelBook<Entry extends LegEntry>(): LevelBook<Entry> {
  const rising = createSide<Entry>('rising');
  const falling = createSide<Entry>('falling');
  // While the value's nearest number stays strictly between these two, no leg is touched.
  let lowest = Number.NEGATIVE_INFINITY;
  let highest = Number.POSITIVE_INFINITY;
  const measure = (): void => {
    highest = Math.min(rising.armed.leastKey(), falling.waiting.leastKey());
    lowest = Math.max(-rising.waiting.leastKey(), -falling.armed.leastKey());
  };
  return {
    add: (entry, armed) => {
      const side = entry.direction === 'rising' ? rising : falling;
      (armed ? side.armed : side.waiting).add(entry);
      measure();
    },
    look: (look) => {
      const high = Number(look.high);
      const low = look.low === look.high ? high : Number(look.low);
      if (high < highest && low > lowest) return NONE;
      const up = passedBy(rising, look, { armed: high, waiting: -low });
      const down = passedBy(falling, look, { armed: -low, waiting: high });
      measure();
      return down.length === 0 ? up : [...up, ...down];
    },
  };
}

/** Whether the condition of a leg holds for a value: at or beyond its level. */
export function isBeyond(direction: 'rising' | 'falling', level: Decimal, value: Decimal): boolean {
  return direction === 'rising' ? value >= level : value <= level;
}

interface Side<Entry extends LegEntry> {
  readonly direction: 'rising' | 'falling';
  readonly armed: LevelHeap<Entry>;
  readonly waiting: LevelHeap<Entry>;
}

function createSide<Entry extends LegEntry>(direction: 'rising' | 'falling'): Side<Entry> {
  const rising = direction === 'rising';
  return { direction, armed: createLevelHeap(rising), waiting: createLevelHeap(!rising) };
}

/** The greatest keys that a look can touch in the two heaps of a side. */
interface Keys {
  readonly armed: number;
  readonly waiting: number;
}

function passedBy<Entry extends LegEntry>({ direction, armed, waiting }: Side<Entry>, look: Look, keys: Keys): readonly Entry[] {
  const [best, worst] = direction === 'rising' ? [look.high, look.low] : [look.low, look.high];
  const reached = armed.takeUpTo(keys.armed, ({ level }) => isBeyond(direction, level, best));
  const left = waiting.takeUpTo(keys.waiting, ({ level }) => !isBeyond(direction, level, worst));
  if (reached.length === 0 && left.length === 0) return NONE;
  const isTrue = ({ level }: Entry): boolean => isBeyond(direction, level, look.value);
  const isYoung = ({ createdAt, seenAt }: Entry): boolean => createdAt > look.fromAt || seenAt > look.fromAt;
  const isPast = ({ seenAt }: Entry): boolean => seenAt >= look.at;
  for (const entry of reached) (!isPast(entry) && isTrue(entry) ? waiting : armed).add(entry);
  for (const entry of left) (isPast(entry) || isTrue(entry) ? waiting : armed).add(entry);
  // True before, false in between and true now: it was passed again.
  return [
    ...reached.filter((entry) => !isPast(entry) && (!isYoung(entry) || isTrue(entry))),
    ...left.filter((entry) => !isPast(entry) && !isYoung(entry) && isTrue(entry)),
  ];
}
