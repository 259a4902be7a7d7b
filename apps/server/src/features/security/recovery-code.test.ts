import { expect, test } from 'vitest';
import { CODES_IN_A_SET, readRecoveryCode, writeRecoveryCode } from './recovery-code.ts';

test('a code says its number and is read however it is typed', () => {
  for (let number = 0; number < CODES_IN_A_SET; number += 1) {
    const code = writeRecoveryCode(number);
    expect(code).toMatch(/^[a-hjk][a-z2-9]{4}-[a-z2-9]{7}$/);
    const plain = code.replace('-', '');
    for (const typed of [code, plain, code.toUpperCase(), ` ${code.replace('-', ' - ')} `])
      expect(readRecoveryCode(typed)).toEqual({ number, plain });
  }
});

test.each(['', '123456', 'l7k2x-m9q4twz', 'a7k2x-m9q4tw', 'a7k2x-m9q4twz2'])('%j is none', (text) => {
  expect(readRecoveryCode(text)).toBeNull();
});
