/** Questions about decimal text that need no arithmetic. Nothing here becomes a binary number. */
export type Direction = 'up' | 'down' | 'flat';

const SHAPE = /^([+-]?)(\d+)(?:\.(\d+))?$/;

export function isDecimalText(text: string): boolean {
  return SHAPE.test(text);
}

/** The sign of the value as it will be shown: what rounds to zero at `digits` decimals is flat. */
export function directionOf(text: string, digits: number): Direction {
  const match = SHAPE.exec(text);
  if (match === null) return 'flat';
  const [, sign, whole = '', fraction = ''] = match;
  const shown = whole + fraction.slice(0, digits);
  const roundsUp = (fraction[digits] ?? '0') >= '5';
  if (!/[1-9]/.test(shown) && !roundsUp) return 'flat';
  return sign === '-' ? 'down' : 'up';
}

/** Decimals that carry something: "1.500" has 1, "2.00" has 0. */
export function significantDecimals(text: string): number {
  const match = SHAPE.exec(text);
  return match?.[3]?.replace(/0+$/, '').length ?? 0;
}

/** True when the value is below 1 in size, as with many coins. */
export function isBelowOne(text: string): boolean {
  const match = SHAPE.exec(text);
  return match !== null && !/[1-9]/.test(match[2] ?? '');
}

/** The part of two shown figures that is the same, counted in characters from the left: what follows has changed. */
export function sharedPrefix(before: string, after: string): number {
  if (before.length !== after.length) return 0;
  let length = 0;
  while (length < after.length && before[length] === after[length]) length += 1;
  return length;
}

/** A position on a screen needs no exactness; money never goes through here on its way to a reader or to the server. */
export function approximate(text: string | number | null | undefined): number {
  return text === null || text === undefined ? Number.NaN : Number(text);
}
