import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test.each([
  [['a', null, 'b'], 'a,,b'],
  [['a,b', 'say "no"', 'two\nlines'], '"a,b","say ""no""","two\nlines"'],
  [['=1+1', '+1', '-1', '@x', '\tx'], "'=1+1,'+1,'-1,'@x,'\tx"],
])('%j is the line %s', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});
