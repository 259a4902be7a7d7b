import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  // Full-width signs, which some spreadsheets take for the plain ones.
  ['＝1', "'＝1"],
  ['a=1', 'a=1'],
  ['Müller & Söhne', 'Müller & Söhne'],
  ['', ''],
])('%j is written as %j', (text, written) => {
  expect(plainText(text)).toBe(written);
});
