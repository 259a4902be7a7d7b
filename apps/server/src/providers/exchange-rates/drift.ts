import type { Day } from '@holdfast/engine/time';

/** Lengths of the waves in days, the longest first, and how much of the whole each takes: longer ones move further. */
const WAVES: readonly (readonly [days: number, share: number])[] = [
  [1021, 0.45],
  [257, 0.27],
  [61, 0.16],
  [13, 0.08],
  [1, 0.04],
];

/**
 * A line through time within [-1, 1] that looks like a rate's: straight stretches between points of chance, long and short ones over
 * one another. A pure function of name and day that costs the same for every day; only operations that every machine rounds alike.
 */
export function driftOn(name: string, day: Day): number {
  const key = keyOf(name);
  let height = 0;
  WAVES.forEach(([days, share], wave) => {
    const stretch = Math.floor(day / days);
    const along = (day - stretch * days) / days;
    height += share * (pointAt(key, wave, stretch) * (1 - along) + pointAt(key, wave, stretch + 1) * along);
  });
  return height;
}

/** Evenly spread in [-1, 1). */
function pointAt(key: number, wave: number, stretch: number): number {
  return scramble(key ^ scramble(stretch + wave * 0x9e3779b9)) / 2_147_483_648 - 1;
}

/** FNV-1a over the UTF-16 units. */
function keyOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return scramble(hash);
}

/** The finalizer of MurmurHash3 (Austin Appleby, public domain). */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
