/** Days and times as brokers write them, in their order and their language. */
import { parseDay } from '@holdfast/engine/time';
import { Temporal } from 'temporal-polyfill';

/** How 03/04/2025 is meant. A day that begins with its year is never ambiguous. */
export type DayOrder = 'dmy' | 'mdy';

export interface DayStyle {
  readonly order: DayOrder;
  /** IANA zone of the times in the file; null where it is not known, and then times are left out. */
  readonly zone: string | null;
}

/** How the names of months begin in English, German, French, Dutch, Spanish, Italian and Portuguese, accents left out. */
const MONTHS: readonly (readonly [start: string, month: number])[] = [
  ['jan', 1], ['ene', 1], ['gen', 1], ['feb', 2], ['fev', 2], ['mar', 3], ['mrz', 3], ['maer', 3], ['mrt', 3], ['maa', 3],
  ['apr', 4], ['abr', 4], ['avr', 4], ['mai', 5], ['may', 5], ['mei', 5], ['mag', 5], ['juil', 7], ['jun', 6], ['juin', 6], ['giu', 6],
  ['jul', 7], ['lug', 7], ['aug', 8], ['ago', 8], ['aou', 8], ['sep', 9], ['set', 9], ['oct', 10], ['okt', 10], ['ott', 10], ['out', 10],
  ['nov', 11], ['dec', 12], ['dez', 12], ['dic', 12],
]; // prettier-ignore

const TIME = String.raw`(?:[T ,;]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:\.(\d{1,9}))?)? ?([AaPp]\.?[Mm]\.?)?)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}`);
const COMPACT = new RegExp(String.raw`^(\d{4})()(\d{2})(\d{2})${TIME}`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})${TIME}`);
const NAMED_MONTH = new RegExp(String.raw`^(\d{1,2})\.?[-/ ]?()([\p{L}]{3,12})\.?[-/, ]*(\d{4}|\d{2})${TIME}`, 'u');
const MONTH_FIRST = new RegExp(String.raw`^([\p{L}]{3,12})\.? ()(\d{1,2}),? (\d{4})${TIME}`, 'u');
const LONGEST = 60;

/** A day (2025-04-03), an instant in UTC where there is a time whose zone is known, or null for what is neither. */
export function readMoment(text: string, style: DayStyle): string | null {
  const written = text.trim();
  if (written.length > LONGEST) return null;
  const yearFirst = YEAR_FIRST.exec(written) ?? COMPACT.exec(written);
  if (yearFirst !== null) return moment([yearFirst[1], yearFirst[3], yearFirst[4]], yearFirst.slice(5), style.zone);
  const last = YEAR_LAST.exec(written);
  if (last !== null) {
    const [, first, , second, year] = last;
    const parts = style.order === 'dmy' ? [year, second, first] : [year, first, second];
    return moment(parts, last.slice(5), style.zone);
  }
  const named = NAMED_MONTH.exec(written);
  if (named !== null) return moment([named[4], monthOf(named[3] ?? ''), named[1]], named.slice(5), style.zone);
  const monthFirst = MONTH_FIRST.exec(written);
  if (monthFirst !== null) return moment([monthFirst[4], monthOf(monthFirst[1] ?? ''), monthFirst[3]], monthFirst.slice(5), style.zone);
  return null;
}

/** The day of a moment as it was written in the file's own zone. */
export function dayOfMoment(text: string): string {
  return text.slice(0, 10);
}

function monthOf(name: string): string | undefined {
  const plain = name.toLowerCase().replace('ä', 'ae').normalize('NFD').replace(/\p{M}/gu, '');
  const found = MONTHS.find(([start]) => plain.startsWith(start));
  return found === undefined ? undefined : String(found[1]);
}

function moment(date: readonly (string | undefined)[], time: readonly (string | undefined)[], zone: string | null): string | null {
  const [year = '', month = '', dayOfMonth = ''] = date;
  const day = `${fullYear(year)}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  if (parseDay(day) === null) return null;
  const [hour, minute = '', second = '00', fraction = '', half, written] = time;
  if (hour === undefined) return day;
  const hours = inDay(Number.parseInt(hour, 10), half);
  if (hours > 23 || Number.parseInt(minute, 10) > 59 || Number.parseInt(second, 10) > 60) return null;
  const clock = `${String(hours).padStart(2, '0')}:${minute}:${second === '60' ? '59' : second}.${fraction.padEnd(3, '0').slice(0, 3)}`;
  if (written === 'Z' || written === 'UTC' || written === 'GMT') return `${day}T${clock}Z`;
  if (written !== undefined) return instant(Date.parse(`${day}T${clock}${written.slice(0, 3)}:${written.slice(-2)}`));
  if (zone === null) return day;
  return instant(Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone).epochMilliseconds);
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function inDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  const morning = half.toLowerCase().startsWith('a');
  return hour === 12 ? (morning ? 0 : 12) : morning ? hour : hour + 12;
}

/** Two digits mean 1970 to 2069. */
function fullYear(year: string): string {
  if (year.length !== 2) return year;
  return year < '70' ? `20${year}` : `19${year}`;
}
