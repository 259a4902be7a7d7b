import { expect, test } from 'vitest';
import { writeCsv } from './write-csv.ts';

test('figures stay plain, text is quoted where it must be, nothing is a formula', () => {
  const csv = writeCsv(
    ['Name', 'Amount'],
    [
      ['Smith, "Jo"', '-1234.50'],
      ['=1+1', 0.25],
      [null, Number.NaN],
    ],
  );
  expect(csv).toBe('\uFEFFName,Amount\r\n"Smith, ""Jo""",-1234.50\r\n\'=1+1,0.25\r\n,\r\n');
});
