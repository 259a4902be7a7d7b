import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tokensCss, type Tokens } from './tokens-css.ts';

const styles = new URL('./', import.meta.url);
const tokens = JSON.parse(readFileSync(new URL('tokens.json', styles), 'utf8')) as Tokens;
const css = readFileSync(new URL('tokens.css', styles), 'utf8');

test('tokens.css is what tokens.json says', () => {
  expect(css).toBe(tokensCss(tokens));
});

test('red-up is classic the other way round', () => {
  const [up, down] = tokens.direction.light['classic'] ?? ['', ''];
  expect(css).toContain(
    `:root[data-direction='red-up'],\n:root [data-sample='red-up'] {\n  --up: ${down.toLowerCase()};\n  --down: ${up.toLowerCase()};`,
  );
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['canvas', 'surface', 'raised', 'inset', 'hover', 'accent-soft'];

test.each(['light', 'dark'] as const)(
  'in the %s theme ink reads at 7:1, all other text at 4.5:1, borders at 3:1 on every surface',
  (theme) => {
    const of = (name: string): string => tokens.tokens[theme][name] ?? '';
    const directions = Object.values(tokens.direction[theme]).flat();
    for (const surface of surfaces) {
      expect(contrast(of('ink'), of(surface))).toBeGreaterThanOrEqual(7);
      for (const text of [of('ink-2'), of('ink-3'), of('accent'), of('ok'), ...directions]) {
        expect(contrast(text, of(surface)), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrast(of('line-strong'), of(surface)), `line-strong on ${surface}`).toBeGreaterThanOrEqual(3);
    }
    for (const role of ['warn', 'danger']) expect(contrast(of(role), of(`${role}-soft`))).toBeGreaterThanOrEqual(4.5);
    for (const fill of ['accent-fill', 'danger-fill']) expect(contrast(of('on-accent'), of(fill))).toBeGreaterThanOrEqual(4.5);
  },
);
