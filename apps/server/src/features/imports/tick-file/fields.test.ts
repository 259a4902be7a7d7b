import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFields, cutQuotedLine, fieldText } from './fields.ts';

function cut(line: string): string[] | null {
  const fields = createFields();
  if (!cutQuotedLine(Buffer.from(line), fields)) return null;
  return Array.from({ length: fields.count }, (_, index) => fieldText(fields, index));
}

const plain = fc.string({ unit: fc.constantFrom(...'abc01. -'), maxLength: 6 });
const quoted = fc.string({ unit: fc.constantFrom(...'ab,1 "é'), maxLength: 6 }).map((text) => `"${text.replaceAll('"', '""')}"`);

test('a line is cut as csv-parse cuts it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(plain, quoted), { minLength: 1, maxLength: 10 }), (cells) => {
      const line = cells.join(',');
      const [expected = ['']] = parse(line, { trim: true });
      // Spaces inside the quotes are dropped too: no value of a tick file begins or ends with one.
      expect(cut(line)).toEqual(expected.map((text) => text.trim()));
    }),
    { numRuns: 2_000 },
  );
});

test.each(['"open', '"a"b,c', 'a"b,c', '"a" "b"', 'a,"'])('%s is refused', (line) => {
  expect(cut(line)).toBeNull();
});

test('more fields than there is room for are counted', () => {
  const fields = createFields();
  expect(cutQuotedLine(Buffer.from(Array.from({ length: 40 }, () => '"x"').join(',')), fields)).toBe(true);
  expect(fields.count).toBe(40);
});
