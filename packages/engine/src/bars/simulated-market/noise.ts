/**
 * Chance that is no chance: numbers that look random and are a pure function of a key. Only 32-bit integer steps and the four
 * operations of IEEE 754 doubles are used, which every machine rounds alike, so the same seed gives the same market everywhere.
 */

/** Spreads a 32-bit number over all 32-bit numbers: the finalizer of MurmurHash3 (Austin Appleby, public domain). */
function scramble(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A key of its own for the `step`-th thing under a key. */
export function keyAt(key: number, step: number): number {
  return scramble(key ^ scramble((step + 0x9e3779b9) | 0));
}

/** A key from text: FNV-1a over its UTF-16 units, scrambled. */
export function keyOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return scramble(hash);
}

/** Evenly spread in [0, 1). */
export function unitAt(key: number, step: number): number {
  return keyAt(key, step) / 4_294_967_296;
}

const SQRT_3 = 1.7320508075688772;

/** Bell-shaped with mean 0 and standard deviation 1, within ±3.47: the sum of four even 16-bit numbers (Irwin-Hall). */
export function bellAt(key: number, step: number): number {
  const first = keyAt(key, step);
  const second = scramble(first ^ 0x5bd1e995);
  const four = (first >>> 16) + (first & 0xffff) + (second >>> 16) + (second & 0xffff);
  return (four / 65_535 - 2) * SQRT_3;
}

const LN_2 = 0.6931471805599453;

/** e to the x from additions and multiplications only, since `Math.exp` may differ in its last bit between runtimes. |x| below 700. */
export function exponential(x: number): number {
  const doublings = Math.round(x / LN_2);
  const rest = x - doublings * LN_2;
  let term = 1;
  let total = 1;
  for (let power = 1; power <= 15; power += 1) {
    term *= rest / power;
    total += term;
  }
  for (let count = 0; count < doublings; count += 1) total *= 2;
  for (let count = 0; count > doublings; count -= 1) total /= 2;
  return total;
}
