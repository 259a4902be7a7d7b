/**
 * Recovery codes, such as `a7k2x-m9q4twz`: the first letter is the number of the code in its set, the other eleven signs are random, of
 * an alphabet without those that are mistaken for each other (31^11 is 54 bits). They are hashed like passwords.
 */
import { randomInt } from 'node:crypto';

export const CODES_IN_A_SET = 10;
const NUMBERS = 'abcdefghjk';
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const RANDOM_SIGNS = 11;
const GROUP = 5;

/** `number` counts from 0. */
export function writeRecoveryCode(number: number): string {
  const random = Array.from({ length: RANDOM_SIGNS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const signs = `${NUMBERS[number] ?? ''}${random}`;
  return `${signs.slice(0, GROUP)}-${signs.slice(GROUP)}`;
}

/** Which code of the set it would be, and its plain spelling, which is what is hashed. Null for what cannot be one. */
export function readRecoveryCode(text: string): { readonly number: number; readonly plain: string } | null {
  const plain = text.toLowerCase().replace(/[\s-]/g, '');
  const number = NUMBERS.indexOf(plain[0] ?? '?');
  if (number < 0 || plain.length !== RANDOM_SIGNS + 1) return null;
  return { number, plain };
}
