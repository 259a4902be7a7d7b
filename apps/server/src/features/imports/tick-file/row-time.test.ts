import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_TIME, readDate, readTimeOfDay } from './row-time.ts';

const date = (text: string) => readDate(Buffer.from(text), 0, Buffer.byteLength(text));
const time = (text: string) => readTimeOfDay(Buffer.from(text), 0, Buffer.byteLength(text));
const two = (value: number) => String(value).padStart(2, '0');

test('every date and every time of day is read', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
      const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
      expect(date(`${two(day)}/${two(month)}/${year}`)).toBe(year * 10_000 + month * 100 + day);
      const [hour, minute, second] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
      expect(time(`${two(hour)}:${two(minute)}:${two(second)}`)).toBe((hour * 3_600 + minute * 60 + second) * 1_000_000);
    }),
  );
});

test('parts of a second are read to the microsecond', () => {
  expect(time('00:00:01.5')).toBe(1_500_000);
  expect(time('23:59:59.999999')).toBe(86_399_999_999);
});

test.each([
  '2025-07-01',
  '1/7/2025',
  '01-07-2025',
  '32/01/2025',
  '30/02/2025',
  '01/13/2025',
  '00/01/2025',
  '01/00/2025',
  '01/07/25',
  '',
  '0a/07/2025',
])('%j is no date', (text) => {
  expect(date(text)).toBe(NO_TIME);
});

test.each([
  '24:00:00',
  '10:60:00',
  '10:00:60',
  '9:15:00',
  '10:00',
  '10:00:00.',
  '10:00:00.1234567',
  '10:00:00Z',
  '',
  '10-00-00',
  '1a:00:00',
])('%j is no time', (text) => {
  expect(time(text)).toBe(NO_TIME);
});
