/** The book against a plain list of orders that looks at every one of them for every price. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, formatDecimal } from '../money/index.ts';
import { TriggerBook, type RestingOrder } from './index.ts';

interface Listed {
  readonly order: RestingOrder;
  readonly buying: boolean;
  readonly on: 'limit' | 'stop' | 'amount' | 'percent';
  readonly by: number;
  /** Whole dollars. */
  mark: number;
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('price' as const), price: fc.integer({ min: 1, max: 60 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      buying: fc.boolean(),
      on: fc.constantFrom('limit' as const, 'stop' as const, 'amount' as const, 'percent' as const),
      by: fc.integer({ min: 1, max: 60 }),
      any: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), pick: fc.nat(30) }) },
);

function waitFor(on: Listed['on'], by: number, mark: number): RestingOrder['wait'] {
  const amount = decimal(String(by));
  if (on === 'limit') return { on, price: by === 60 ? null : amount };
  return on === 'stop' ? { on, price: amount } : { on: 'trail', unit: on, by: amount, mark: decimal(String(mark)) };
}

/** In hundredths of a dollar, so that a percentage of whole dollars is whole. */
function isReached({ buying, on, by, mark }: Listed, price: number): boolean {
  if (on === 'limit') return by === 60 || (buying ? by >= price : by <= price);
  if (on === 'stop') return buying ? price >= by : price <= by;
  const distance = on === 'amount' ? by * 100 : mark * by;
  return buying ? price * 100 >= mark * 100 + distance : price * 100 <= mark * 100 - distance;
}

test('I8: a price reaches exactly the orders that a scan of all of them finds, and marks follow the best price', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const book = new TriggerBook();
      let list: Listed[] = [];
      let last = 30;
      let ids = 0;
      for (const one of steps) {
        if (one.kind === 'add') {
          const id = `o${String((ids += 1)).padStart(4, '0')}`;
          const order: RestingOrder = {
            ...{ id, portfolioId: 'p', side: one.buying ? 'buy' : 'sell', priority: id },
            wait: waitFor(one.on, one.by, last),
          };
          book.add(order);
          list.push({ order, buying: one.buying, on: one.on, by: one.by, mark: last });
        } else if (one.kind === 'remove') {
          const gone = list[one.pick];
          if (gone === undefined) continue;
          book.remove(gone.order);
          list = list.filter((other) => other !== gone);
        } else {
          last = one.price;
          for (const listed of list) listed.mark = listed.buying ? Math.min(listed.mark, last) : Math.max(listed.mark, last);
          const price = decimal(String(last));
          const reached = book.reachedBy({ bid: price, ask: price, last: price }).map(({ id }) => id);
          const expected = list.filter((listed) => isReached(listed, last)).map(({ order }) => order.id);
          expect([...reached].sort()).toEqual(expected);
          expect(new Set(reached).size).toBe(reached.length);
          for (const { order, on, mark } of list) {
            const known = book.markOf(order);
            expect(known === null ? null : formatDecimal(known)).toBe(on === 'amount' || on === 'percent' ? String(mark) : null);
          }
        }
        expect(book.size).toBe(list.length);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the best price goes first, and of equal prices the one that came first; a place that was kept counts', () => {
  const book = new TriggerBook();
  const buy = (id: string, price: string, priority = id): void => {
    book.add({ id, portfolioId: 'p', side: 'buy', priority, wait: { on: 'limit', price: decimal(price) } });
  };
  buy('b', '10');
  buy('c', '10');
  buy('a', '9');
  buy('d', '11');
  buy('e', '10', 'aa');
  const price = decimal('9');
  expect(book.reachedBy({ bid: price, ask: price, last: price }).map(({ id }) => id)).toEqual(['d', 'e', 'b', 'c', 'a']);
});

test('moved marks are told once', () => {
  const book = new TriggerBook();
  const wait = { on: 'trail', unit: 'amount', by: decimal('2'), mark: decimal('10') } as const;
  book.add({ id: 'a', portfolioId: 'p', side: 'sell', priority: 'a', wait });
  const hear = (text: string) => book.reachedBy({ bid: decimal(text), ask: decimal(text), last: decimal(text) }).length;
  expect(book.takeMoved()).toEqual([]);
  expect([hear('11'), hear('10.5')]).toEqual([0, 0]);
  expect(book.takeMoved().map(({ order, mark }) => [order.id, formatDecimal(mark)])).toEqual([['a', '11']]);
  expect(book.takeMoved()).toEqual([]);
  // 11 less 2.
  expect([hear('9.01'), hear('9')]).toEqual([0, 1]);
});
