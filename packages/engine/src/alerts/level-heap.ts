import type { Decimal } from '../money/index.ts';

/** Something that waits at a level. What is no longer `standing` is dropped when it comes up. */
export interface Waiting {
  readonly level: Decimal;
  standing: boolean;
}

/**
 * A binary heap by level: the least on top for `lowestFirst`, else the greatest. Adding and taking cost O(log n). Beside the exact
 * levels it keeps their nearest floating-point numbers in a row of their own, which decide all but ties, so that most looks touch
 * one number and no entry.
 */
export interface LevelHeap<Entry extends Waiting> {
  readonly add: (entry: Entry) => void;
  /** The nearest number to the level on top, negated for highest first: no entry has a lesser one. Infinity when empty. */
  readonly leastKey: () => number;
  /** Takes from the top as long as its key is at most `greatestKey` and it is wanted. Entries that stand no longer are dropped on the way. */
  readonly takeUpTo: (greatestKey: number, wanted: (entry: Entry) => boolean) => readonly Entry[];
}

const NONE: readonly never[] = [];

export function createLevelHeap<Entry extends Waiting>(lowestFirst: boolean): LevelHeap<Entry> {
  const entries: Entry[] = [];
  const keys: number[] = [];
  const keyOf = (entry: Entry): number => (lowestFirst ? Number(entry.level) : -Number(entry.level));
  const place = (index: number, key: number, entry: Entry): void => {
    keys[index] = key;
    entries[index] = entry;
  };
  /** Whether an entry belongs above the one at an index. */
  const isAbove = (key: number, entry: Entry, index: number): boolean => {
    const other = entries[index];
    const otherKey = keys[index];
    if (other === undefined || otherKey === undefined) return false;
    if (key !== otherKey) return key < otherKey;
    return lowestFirst ? entry.level < other.level : entry.level > other.level;
  };
  const add = (entry: Entry): void => {
    const key = keyOf(entry);
    let index = entries.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = entries[parentIndex];
      if (parent === undefined || !isAbove(key, entry, parentIndex)) break;
      place(index, keys[parentIndex] ?? 0, parent);
      index = parentIndex;
    }
    place(index, key, entry);
  };
  const sink = (key: number, entry: Entry): void => {
    let index = 0;
    for (;;) {
      const leftIndex = 2 * index + 1;
      const left = entries[leftIndex];
      if (left === undefined) break;
      const right = entries[leftIndex + 1];
      const rightWins = right !== undefined && isAbove(keys[leftIndex + 1] ?? 0, right, leftIndex);
      const [childIndex, child] = rightWins ? [leftIndex + 1, right] : [leftIndex, left];
      if (isAbove(key, entry, childIndex)) break;
      place(index, keys[childIndex] ?? 0, child);
      index = childIndex;
    }
    place(index, key, entry);
  };
  const removeTop = (): void => {
    const last = entries.pop();
    const lastKey = keys.pop();
    if (last !== undefined && lastKey !== undefined && entries.length > 0) sink(lastKey, last);
  };
  return {
    add,
    leastKey: () => keys[0] ?? Number.POSITIVE_INFINITY,
    takeUpTo: (greatestKey, wanted) => {
      let taken: Entry[] | null = null;
      while ((keys[0] ?? Number.POSITIVE_INFINITY) <= greatestKey) {
        const [entry] = entries;
        if (entry === undefined || (entry.standing && !wanted(entry))) break;
        if (entry.standing) (taken ??= []).push(entry);
        removeTop();
      }
      return taken ?? NONE;
    },
  };
}
