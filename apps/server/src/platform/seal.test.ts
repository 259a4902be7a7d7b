import { expect, test } from 'vitest';
import { createSeal } from './seal.ts';

const key = Buffer.alloc(32, 7);

test('what was sealed is opened with the same key only, and not after a change', () => {
  const { seal, open } = createSeal(key);
  const sealed = seal('Straße 1');
  expect(open(sealed)).toBe('Straße 1');
  expect(sealed.includes('Straße')).toBe(false);
  expect(seal('Straße 1').equals(sealed)).toBe(false);
  expect(() => createSeal(Buffer.alloc(32, 8)).open(sealed)).toThrow();
  for (const at of [0, 13, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => open(changed)).toThrow();
  }
});
