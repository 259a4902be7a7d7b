import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headOf, itemsOf } from './json-items.ts';

test('items come out one by one as JSON.parse gives them, whatever they hold', () => {
  const item = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.dictionary(fc.string(), fc.string())));
  fc.assert(
    fc.property(fc.array(item), fc.string(), (items, note) => {
      const text = JSON.stringify({ note, total: '1', items });
      const parsed = JSON.parse(text) as { items: unknown[] };
      expect([...itemsOf(text)]).toEqual(parsed.items);
      expect(headOf(text)).toEqual({ note, total: '1', items: [] });
    }),
  );
});

test('quotes, braces and the field’s own name inside texts mean nothing', () => {
  const items = [{ name: '"},{"items":[{', path: 'C:\\' }, { name: '}' }];
  expect([...itemsOf(JSON.stringify({ note: ',"items":[', items }))]).toEqual(items);
});
