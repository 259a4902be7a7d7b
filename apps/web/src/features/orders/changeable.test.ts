import type { Order } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { changeable } from './changeable.ts';

const order = { type: 'limit', quantity: '10', filledQuantity: '4', limitPrice: '225', stopPrice: null } as Order;

test.each<[part: Partial<Order>, fields: object]>([
  [{}, { quantity: '6', limitPrice: '225' }],
  [{ pairId: 'p' }, { limitPrice: '225' }],
  [
    { type: 'stopLimit', stopPrice: '220' },
    { quantity: '6', limitPrice: '225', stopPrice: '220' },
  ],
  // A stop that was reached is behind it.
  [
    { type: 'stopLimit', stopPrice: '220', triggeredAt: '2026-01-05T14:30:00.000Z' },
    { quantity: '6', limitPrice: '225' },
  ],
  [
    { type: 'trailingStop', limitPrice: null, stopPrice: '210', trailPercent: '5' },
    { quantity: '6', trailPercent: '5' },
  ],
  [{ type: 'market', limitPrice: null }, { quantity: '6' }],
])('of an order with %j these can be changed: %j', (part, fields) => {
  expect(changeable({ ...order, ...part })).toEqual(fields);
});
