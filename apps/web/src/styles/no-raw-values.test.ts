import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../', import.meta.url).pathname;
/** The files that say what the tokens are. */
const SOURCES = new Set(['styles/tokens.css', 'styles/scale.css', 'styles/fonts.css']);

const RAW = [
  ['a colour', /#[\da-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i],
  ['a font size in pixels', /font-size:\s*[\d.]+px/],
  ['a layer', /z-index:\s*-?\d/],
] as const;

test('style sheets name no colour, font size or layer of their own: they are tokens', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css') && !SOURCES.has(file));
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((file) =>
    readFileSync(source + file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        RAW.filter(([, shape]) => shape.test(line)).map(([what]) => `${file}:${String(index + 1)} has ${what}: ${line.trim()}`),
      ),
  );
  expect(found).toEqual([]);
});
