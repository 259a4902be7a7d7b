/** Reads DD/MM/YYYY and HH:MM:SS from bytes. */

const ZERO = 0x30;
const SLASH = 0x2f;
const COLON = 0x3a;
const POINT = 0x2e;
const DAYS_IN_MONTH: readonly number[] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const NO_TIME = -1;

/** YYYYMMDD as a number, or NO_TIME when the text is not a date written DD/MM/YYYY. 29 February of a common year is caught later. */
export function readDate(bytes: Buffer, start: number, end: number): number {
  if (end - start !== 10 || bytes[start + 2] !== SLASH || bytes[start + 5] !== SLASH) return NO_TIME;
  const dayOfMonth = twoDigits(bytes, start);
  const month = twoDigits(bytes, start + 3);
  const century = twoDigits(bytes, start + 6);
  const year = twoDigits(bytes, start + 8);
  if (dayOfMonth < 1 || month < 1 || month > 12 || century < 0 || year < 0) return NO_TIME;
  if (dayOfMonth > (DAYS_IN_MONTH[month] as number)) return NO_TIME;
  return (century * 100 + year) * 10_000 + month * 100 + dayOfMonth;
}

/** Microseconds since midnight of HH:MM:SS, with up to six decimals of a second, or NO_TIME when the text is no such time. */
export function readTimeOfDay(bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length < 8 || length === 9 || length > 15 || bytes[start + 2] !== COLON || bytes[start + 5] !== COLON) return NO_TIME;
  const hour = twoDigits(bytes, start);
  const minute = twoDigits(bytes, start + 3);
  const second = twoDigits(bytes, start + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return NO_TIME;
  const whole = (hour * 3_600 + minute * 60 + second) * 1_000_000;
  return length === 8 ? whole : addFraction(whole, bytes.subarray(start + 8, end));
}

function addFraction(whole: number, text: Buffer): number {
  if (text[0] !== POINT) return NO_TIME;
  let micros = 0;
  for (let place = 1; place <= 6; place += 1) {
    const digit = place < text.length ? (text[place] as number) - ZERO : 0;
    if (digit < 0 || digit > 9) return NO_TIME;
    micros = micros * 10 + digit;
  }
  return whole + micros;
}

/** The number two digits write, or a negative one where there are not two digits. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000 : tens * 10 + ones;
}
