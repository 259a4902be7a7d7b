import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [48_211, '47.1 KB'],
  [16 * 1024 * 1024, '16 MB'],
])('%s bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes, { locale: 'en' }).replace('\u00A0', ' ')).toBe(text);
});
