import { decimal, formatDecimal } from '@holdfast/engine/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWaitingOrders } from './waiting-orders.ts';
import type { WaitingOrder } from './waiting-orders.ts';

const MINUTE = 60_000;

const order = fc.record({
  id: fc.integer({ min: 0, max: 40 }),
  instrumentKey: fc.constantFrom(1, 2),
  portfolioId: fc.constantFrom('a', 'b', 'c'),
  buying: fc.boolean(),
  stops: fc.boolean(),
  limit: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null }),
  expiresAt: fc.option(fc.integer({ min: 0, max: 5 * MINUTE }), { nil: null }),
});

type OrderWish = typeof order extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), order }),
  fc.record({ kind: fc.constant('remove' as const), id: fc.integer({ min: 0, max: 40 }) }),
  fc.record({
    kind: fc.constant('replace' as const),
    portfolios: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }), { nil: null }),
    orders: fc.uniqueArray(order, { selector: ({ id }) => id, maxLength: 10 }),
  }),
);

function waitingOf({ id, buying, limit, stops, ...rest }: OrderWish): WaitingOrder {
  return {
    ...rest,
    id: `o${String(id).padStart(2, '0')}`,
    side: buying ? 'buy' : 'sell',
    priority: `o${String(id).padStart(2, '0')}`,
    wait:
      limit !== null && stops
        ? { on: 'stop', price: decimal(String(limit)) }
        : { on: 'limit', price: limit === null ? null : decimal(String(limit)) },
  };
}

/** A limit purchase and a stop sale are reached by a price at or below theirs. */
function isBelow(side: 'buy' | 'sell', on: 'limit' | 'stop'): boolean {
  return (side === 'buy') === (on === 'limit');
}

/** An order that is known stays as it is, unless it waits for something else now. */
function taken(list: readonly WaitingOrder[], given: readonly WaitingOrder[]): WaitingOrder[] {
  let after = [...list];
  for (const order of given) {
    const known = after.find(({ id }) => id === order.id);
    if (known !== undefined && JSON.stringify(waitText(known)) === JSON.stringify(waitText(order))) continue;
    after = [...after.filter(({ id }) => id !== order.id), order];
  }
  return after;
}

function waitText({ wait }: WaitingOrder): readonly (string | null)[] {
  return [wait.on, wait.on === 'trail' || wait.price === null ? null : formatDecimal(wait.price)];
}

test('what is reached and what is due is what a plain list of the orders says', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 6 * MINUTE }),
      (steps, price, now) => {
        const waiting = createWaitingOrders();
        let list: WaitingOrder[] = [];
        for (const one of steps) {
          if (one.kind === 'add') {
            const added = waitingOf(one.order);
            waiting.add(added);
            list = taken(list, [added]);
          } else if (one.kind === 'remove') {
            const gone = `o${String(one.id).padStart(2, '0')}`;
            waiting.remove(gone);
            list = list.filter(({ id }) => id !== gone);
          } else {
            const { portfolios } = one;
            // The database answers with orders of the portfolios asked for.
            const given = one.orders.map(waitingOf).filter(({ portfolioId }) => portfolios?.some((id) => id === portfolioId) ?? true);
            waiting.replace(portfolios, given);
            const kept = list.filter(
              ({ id, portfolioId }) => given.some((other) => other.id === id) || !(portfolios?.some((id) => id === portfolioId) ?? true),
            );
            list = taken(kept, given);
          }
        }
        const at = decimal(String(price));
        const ids = (orders: readonly WaitingOrder[]) => orders.map(({ id }) => id).sort();
        expect(waiting.size).toBe(list.length);
        for (const key of [1, 2]) {
          const reached = list.filter(
            ({ instrumentKey, side, wait }) =>
              instrumentKey === key &&
              (wait.on === 'trail' || wait.price === null || (isBelow(side, wait.on) ? wait.price >= at : wait.price <= at)),
          );
          expect(ids(waiting.reachedBy(key, { bid: at, ask: at, last: at }))).toEqual(ids(reached));
        }
        expect(ids(waiting.dueAt(now))).toEqual(ids(list.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)));
      },
    ),
    { numRuns: 500 },
  );
});
