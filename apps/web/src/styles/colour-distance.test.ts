import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { colourDistance, deltaE2000, SIMULATIONS, type Simulation } from './colour-distance.ts';
import type { Tokens } from './tokens-css.ts';

const tokens = JSON.parse(readFileSync(new URL('tokens.json', import.meta.url), 'utf8')) as Tokens;
const EYES = Object.keys(SIMULATIONS) as Simulation[];
const THEMES = ['light', 'dark'] as const;

// Pairs 1, 7, 13, 17, 25 of the table of Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005.
test.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, -0.001, 2.49], [50, 0.0009, -2.49], 4.8045],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
] as const)('%j and %j are %d apart', (first, second, distance) => {
  expect(deltaE2000(first, second)).toBeCloseTo(distance, 4);
});

test('up and down are told apart by every eye, in every palette that has colours, in both themes', () => {
  const near = THEMES.flatMap((theme) =>
    Object.entries(tokens.direction[theme]).flatMap(([palette, [up = '', down = '']]) =>
      up === down ? [] : EYES.map((eye) => ({ theme, palette, eye, distance: colourDistance(up, down, eye) })),
    ),
  ).filter(({ distance }) => distance < 20);
  expect(near).toEqual([]);
});

test('any two categories are told apart by every eye, in both themes', () => {
  const near = THEMES.flatMap((theme) =>
    tokens.category[theme].flatMap((first, index) =>
      tokens.category[theme]
        .slice(index + 1)
        .flatMap((second) => EYES.map((eye) => ({ theme, first, second, eye, distance: colourDistance(first, second, eye) }))),
    ),
  ).filter(({ distance }) => distance < 15);
  expect(near).toEqual([]);
});
