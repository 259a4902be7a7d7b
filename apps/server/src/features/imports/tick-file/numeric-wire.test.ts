import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST_NUMERIC, writeNull, writeNumeric } from './numeric-wire.ts';
import type { WireCursor } from './numeric-wire.ts';

function write(text: string): { readonly taken: boolean; readonly bytes: Buffer; readonly cursor: WireCursor } {
  const cursor: WireCursor = { bytes: Buffer.from(text), out: Buffer.alloc(100, 0xaa), at: 3, millionths: 0, negative: false };
  const taken = writeNumeric(cursor, 0, Buffer.byteLength(text));
  return { taken, bytes: cursor.out.subarray(3, cursor.at), cursor };
}

/** Reads a binary numeric the slow way: value = sum of digit x 10000^(weight - position), as an integer of 10^-20. */
function read(bytes: Buffer): bigint {
  expect(bytes.readInt32BE(0)).toBe(bytes.length - 4);
  const count = bytes.readInt16BE(4);
  const weight = bytes.readInt16BE(6);
  const negative = bytes.readUInt16BE(8) === 0x4000;
  expect(bytes.length).toBe(12 + 2 * count);
  let value = 0n;
  for (let index = 0; index < count; index += 1) {
    const digit = bytes.readInt16BE(12 + 2 * index);
    expect(digit).toBeGreaterThanOrEqual(0);
    expect(digit).toBeLessThan(10_000);
    value += BigInt(digit) * 10n ** BigInt(4 * (weight - index) + 20);
  }
  // What is sent says to how many decimals it holds, and less would be cut off.
  const decimals = bytes.readInt16BE(10);
  expect(value % 10n ** BigInt(20 - Math.min(20, decimals))).toBe(0n);
  return negative ? -value : value;
}

/** The value of a decimal text as an integer of 10^-20. */
function valueOf(text: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^([-+]?)(\d+)\.?(\d*)$/.exec(text) ?? [];
  return BigInt(whole + fraction.padEnd(20, '0')) * (sign === '-' ? -1n : 1n);
}

const digits = (least: number, most: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });
const number = fc
  .tuple(fc.constantFrom('', '', '-', '+'), digits(1, 20), fc.option(digits(1, 18), { nil: null }))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`);

test('every plain decimal arrives as the value it writes', () => {
  fc.assert(
    fc.property(number, (text) => {
      const { taken, bytes, cursor } = write(text);
      expect(taken).toBe(true);
      expect(read(bytes)).toBe(valueOf(text));
      expect(bytes.length).toBeLessThanOrEqual(LONGEST_NUMERIC);
      expect(cursor.negative).toBe(valueOf(text) < 0n);
    }),
    { numRuns: 2_000 },
  );
});

test('millionths are exact or not given at all', () => {
  fc.assert(
    fc.property(number, (text) => {
      const { millionths } = write(text).cursor;
      const exact = valueOf(text);
      const fits =
        exact % 10n ** 14n === 0n && exact / 10n ** 14n < 9_000_000_000n * 10n ** 6n && exact / 10n ** 14n > -9_000_000_000n * 10n ** 6n;
      if (fits) expect(BigInt(millionths)).toBe(exact / 10n ** 14n);
      else expect(millionths).toBeNaN();
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  // 51289.95 is 5, 1289, 9500 in base 10000.
  ['51289.95', '0000000e 0003 0001 0000 0004 0005 0509 251c'],
  ['49.68', '0000000c 0002 0000 0000 0004 0031 1a90'],
  ['60.0', '0000000a 0001 0000 0000 0004 003c'],
  ['0', '00000008 0000 0000 0000 0004'],
  ['-0.00', '00000008 0000 0000 0000 0004'],
  ['-0.5', '0000000a 0001 ffff 4000 0004 1388'],
  ['10000', '0000000a 0001 0001 0000 0004 0001'],
])('%s is written as numeric_recv reads it', (text, hex) => {
  expect(write(text).bytes.toString('hex')).toBe(hex.replaceAll(' ', ''));
});

test.each([
  '',
  '-',
  '+',
  '.',
  '.5',
  '5.',
  '1e5',
  '1,000',
  '1 000',
  '0x10',
  'NaN',
  'Infinity',
  '１２',
  '--1',
  '1.2.3',
  '1'.repeat(21),
  `0.${'1'.repeat(19)}`,
  ' 1',
])('%j is no number, and nothing is written', (text) => {
  expect(write(text)).toMatchObject({ taken: false, bytes: Buffer.alloc(0) });
});

test('null is a length of -1', () => {
  const cursor: WireCursor = { bytes: Buffer.alloc(0), out: Buffer.alloc(8), at: 0, millionths: 5, negative: true };
  writeNull(cursor);
  expect([cursor.out.readInt32BE(0), cursor.at, cursor.millionths, cursor.negative]).toEqual([-1, 4, 0, false]);
});
