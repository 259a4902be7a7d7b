/**
 * The two cuts of Inter (SIL Open Font License 1.1) that reports are set in. Digits all have the same width, so that columns of figures
 * stand straight. Shaping a text by all rules of the font takes a millisecond, which 100,000 lines cannot afford: what has digits is set
 * glyph by glyph, what has none is shaped once and remembered.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font, Glyph } from 'fontkit';
import { LRUCache } from 'lru-cache';

export interface ReportFont {
  /** What the PDF library takes for a font. */
  readonly source: object;
  /** Of the text at a size, points. */
  widthOf(text: string, size: number): number;
}

interface Shaped {
  readonly glyphs: readonly PlainGlyph[];
  readonly advances: readonly number[];
  readonly width: number;
}

interface PlainGlyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}

const MOST_WORDS = 4_000;
const resolve = createRequire(import.meta.url).resolve;

export const openFonts = once(() => ({
  plain: openFont('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  bold: openFont('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
}));

function openFont(path: string): ReportFont {
  const font = create(readFileSync(resolve(path)));
  if (!('layout' in font)) throw new Error(`${path} holds more than one font.`);
  const shape = shaper(font);
  const layout = (text: string) => {
    const { glyphs, advances, width } = shape(text);
    // The library changes the positions it is given.
    const positions = advances.map((xAdvance) => ({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 }));
    return { glyphs, positions, advanceWidth: width };
  };
  return {
    source: Object.create(font, { layout: { value: layout } }) as object,
    widthOf: (text, size) => (shape(text).width * size) / font.unitsPerEm,
  };
}

function shaper(font: Font): (text: string) => Shaped {
  const letters = new Map<string, PlainGlyph>();
  for (const digit of '0123456789') {
    const [glyph] = font.layout(digit, ['tnum']).glyphs;
    if (glyph !== undefined) letters.set(digit, plainGlyph(glyph));
  }
  const letterOf = (letter: string): PlainGlyph => {
    const known = letters.get(letter);
    if (known !== undefined) return known;
    const glyph = plainGlyph(font.glyphForCodePoint(letter.codePointAt(0) ?? 0));
    // Texts of the whole world may come by; a font has fewer glyphs than this.
    if (letters.size < MOST_WORDS) letters.set(letter, glyph);
    return glyph;
  };
  const words = new LRUCache<string, Shaped>({ max: MOST_WORDS });
  const wordOf = (word: string): Shaped => {
    const known = words.get(word);
    if (known !== undefined) return known;
    const run = font.layout(word);
    const advances = run.positions.map(({ xAdvance }) => xAdvance);
    const shaped = { glyphs: run.glyphs.map(plainGlyph), advances, width: sumOf(advances) };
    words.set(word, shaped);
    return shaped;
  };
  return (text) => {
    if (text !== '' && !/\d/.test(text)) return wordOf(text);
    const glyphs = Array.from(text, letterOf);
    const advances = glyphs.map(({ advanceWidth }) => advanceWidth);
    return { glyphs, advances, width: sumOf(advances) };
  };
}

function plainGlyph({ id, advanceWidth, codePoints }: Glyph): PlainGlyph {
  return { id, advanceWidth, codePoints: [...codePoints] };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => (made ??= { value: make() }).value;
}
