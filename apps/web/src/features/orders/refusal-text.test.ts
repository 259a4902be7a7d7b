import { placeOrder } from '@holdfast/contract/orders';
import { expect, test } from 'vitest';
import { de } from '../../i18n/de/de.ts';
import { en } from '../../i18n/en/en.ts';
import { REFUSAL_CODES } from './refusal-text.ts';

test('every refusal the contract names for an order has words in both languages', () => {
  for (const code of placeOrder.errors) {
    expect(REFUSAL_CODES).toContain(code);
  }
  for (const code of REFUSAL_CODES) {
    expect(en.refusal[code]).toMatch(/\.$/);
    expect(de.refusal[code]).toMatch(/\.$/);
  }
});
