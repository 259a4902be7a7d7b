import type { Position } from '@holdfast/sdk';

const MOST = 6;

/** The positions that moved most today in percent, each instrument once, gains first. */
export function largestMoves(positions: readonly Position[]): Position[] {
  const once = new Map(positions.map((position) => [`${position.symbol}.${position.exchange}`, position]));
  const move = (position: Position): number => position.dayChangePercent ?? 0;
  return [...once.values()]
    .filter((position) => Math.abs(move(position)) >= 0.005)
    .toSorted((a, b) => Math.abs(move(b)) - Math.abs(move(a)))
    .slice(0, MOST)
    .toSorted((a, b) => move(b) - move(a));
}
