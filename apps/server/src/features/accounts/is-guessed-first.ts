/** Whether a password is among the first that are tried: leaked ones, and what people make of words and of the keyboard. */
import { COMMON_NAMES } from './common-names.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import { COMMON_STEMS } from './common-stems.ts';
import { isKeyboardWalk } from './keyboard-walk.ts';

const FEWEST_DIFFERENT_SIGNS = 3;
/** A decoration of more than this many signs is something of its own. */
const LONGEST_DECORATION = 6;
/** A longer one is guessed by nobody first. */
const LONGEST_REPETITION = 20;
const LEET: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };
/** The same with the other reading of the sign. */
const OTHER_LEET: Readonly<Record<string, string>> = { ...LEET, 1: 'l', '!': 'l' };
const WALKS = [
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
];

export function isGuessedFirst(password: string): boolean {
  const lower = password.toLowerCase();
  if (COMMON_PASSWORDS.has(lower) || new Set(lower).size < FEWEST_DIFFERENT_SIGNS) return true;
  if (isRepeated(lower) || isWalk(lower) || isKeyboardWalk(lower)) return true;
  const dateless = withoutDate(lower);
  if (dateless === '') return true;
  return isDecorated(lower) || (dateless !== lower && isDecorated(dateless));
}

/** A day as people write their birthdays, at either end: 12031990, 12.3.1990, 1990-03-12. */
function withoutDate(text: string): string {
  const day = String.raw`(?:0[1-9]|[12]\d|3[01]|[1-9])`;
  const month = String.raw`(?:0[1-9]|1[0-2]|[1-9])`;
  const year = String.raw`(?:19|20)\d{2}`;
  const sign = '[-./_ ]?';
  const dates = [`${day}${sign}${month}${sign}${year}`, `${month}${sign}${day}${sign}${year}`, `${year}${sign}${month}${sign}${day}`];
  const date = `(?:${dates.join('|')})`;
  return text.replace(new RegExp(`^${date}|${date}$`), '');
}

/** The same few signs again and again, such as abc1abc1. */
function isRepeated(text: string): boolean {
  return text.length <= LONGEST_REPETITION && /^([\x21-\x7e]{1,4})\1+.{0,3}$/u.test(text) && new Set(text).size <= 5;
}

/** Along the keyboard or the alphabet, forwards or backwards, in one piece. */
function isWalk(text: string): boolean {
  const backwards = [...text].reverse().join('');
  return WALKS.some((walk) => walk.includes(text) || walk.includes(backwards));
}

function isDecorated(text: string): boolean {
  return spellings(text).some((spelled) => isDecoratedStem(text, spelled));
}

function spellings(text: string): readonly string[] {
  const read = (table: Readonly<Record<string, string>>) => [...text].map((sign) => table[sign] ?? sign).join('');
  return [text, read(LEET), read(OTHER_LEET)];
}

/**
 * A stem, or two of them, with digits and signs around: password2024!, 123michael, LoveBerlin1. Letters written as digits are read as
 * letters inside the stem and left as they are around it, so each spelling is cut both ways.
 */
function isDecoratedStem(written: string, text: string): boolean {
  const core = /^[^\p{L}]*(.*?)[^\p{L}]*$/su.exec(text)?.[1] ?? '';
  for (const word of new Set([text, core, ...withoutEnding(written, text)])) {
    if (text.length - word.length > LONGEST_DECORATION + 2) continue;
    if (isStems(word)) return true;
  }
  return false;
}

/** The text without some of its last signs, for spellings whose decoration was read as letters too. Letters are no decoration. */
function withoutEnding(written: string, text: string): readonly string[] {
  const ending = /[^\p{L}]*$/u.exec(written)?.[0].length ?? 0;
  const most = Math.min(LONGEST_DECORATION, ending, Math.max(0, text.length - 3));
  return Array.from({ length: most }, (_, cut) => text.slice(0, -(cut + 1)));
}

function isStems(word: string): boolean {
  if (isStem(word)) return true;
  for (let cut = 3; cut <= word.length - 3; cut += 1) if (isStem(word.slice(0, cut)) && isStem(word.slice(cut))) return true;
  return false;
}

function isStem(word: string): boolean {
  return COMMON_STEMS.has(word) || COMMON_NAMES.has(word);
}
