import type { Position } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { largestMoves } from './largest-moves.ts';

const position = (symbol: string, dayChangePercent: number | null) => ({ symbol, exchange: 'NYSE', dayChangePercent }) as Position;

test('the largest six, gains first, each instrument once, none that did not move', () => {
  const moves = largestMoves([
    position('A', 1),
    position('B', -7),
    position('C', 0.1),
    position('D', 3),
    position('E', -0.2),
    position('F', null),
    position('G', 0.3),
    position('H', -2),
    position('A', 1),
  ]);
  expect(moves.map(({ symbol }) => symbol).join(' ')).toBe('D A G E H B');
});
