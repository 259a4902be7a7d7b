/**
 * P12: the books of 1,000,000 resting orders on 5,000 symbols.
 *
 * Mix: 200 limit and stop orders a symbol, buys and sales, at prices that the market has not reached, up to half the price away; prices
 * walk at random, every symbol a tick a second, and an order that is reached leaves its book.
 * Yardstick: a scan over all orders of the tick's symbol. Before anything is timed both must find the same orders.
 * Not included: the desk, which decides and commits what a book finds.
 */
import { TriggerBook } from '@holdfast/engine/matching';
import type { RestingOrder } from '@holdfast/engine/matching';
import type { Bench } from './measure/settings.ts';
import { measureStanding } from './measure/standing-work.ts';
import type { Look } from './measure/standing-work.ts';
import { levelBeyond, seededRandom, walkPrices } from './subject/price-walk.ts';
import type { WalkTick } from './subject/price-walk.ts';

const SYMBOLS = 5_000;
const ORDERS = 1_000_000;
const TICKS = 2_000_000;
const SCAN_SHARE = 0.05;
const CHECKED_ORDERS = 20_000;
const CHECKED_TICKS = 400_000;

type Placed = Pick<RestingOrder, 'side' | 'wait'> & { readonly symbol: number; readonly price: bigint };

export const matchRestingOrders: Bench = async ({ rounds }) => {
  const ticks = walkPrices(SYMBOLS, TICKS, 2);
  const checked = { orders: scatter(CHECKED_ORDERS), ticks: ticks.slice(0, CHECKED_TICKS) };
  const [byBook, byScan] = [bookLook(checked.orders, checked.ticks)(), scanLook(checked.orders, checked.ticks)()];
  if (byBook !== byScan || byBook === 0) throw new Error(`The books found ${byBook} orders and the scan ${byScan}.`);
  const [many, few] = [scatter(ORDERS), scatter(ORDERS / 100)];
  const scanned = ticks.slice(0, TICKS * SCAN_SHARE);
  return measureStanding({
    row: 'P12',
    title: '1,000,000 resting orders on 5,000 symbols',
    ticks: TICKS,
    rounds,
    scanShare: SCAN_SHARE,
    open: { many: () => bookLook(many, ticks), few: () => bookLook(few, ticks), scan: () => scanLook(many, scanned) },
  });
};

/** A buy waits below the market with its limit and above it with its stop, a sale the other way round. */
function scatter(count: number): readonly Placed[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, (_, number) => {
    const side = random() < 0.5 ? 'buy' : 'sell';
    const on = random() < 0.5 ? 'limit' : 'stop';
    const price = levelBeyond((side === 'buy') === (on === 'stop'), random());
    return { symbol: number % SYMBOLS, side, wait: { on, price }, price };
  });
}

function bookLook(orders: readonly Placed[], ticks: readonly WalkTick[]): Look {
  const books = Array.from({ length: SYMBOLS }, () => new TriggerBook());
  orders.forEach(({ symbol, side, wait }, number) => {
    const id = String(number);
    books[symbol]?.add({ id, portfolioId: 'p', side, priority: id.padStart(8, '0'), wait });
  });
  return () => {
    let found = 0;
    for (const { symbol, price } of ticks) {
      const book = books[symbol];
      const reached = book?.reachedBy({ bid: price, ask: price, last: price }) ?? [];
      for (const order of reached) book?.remove(order);
      found += reached.length;
    }
    return found;
  };
}

function scanLook(orders: readonly Placed[], ticks: readonly WalkTick[]): Look {
  const bySymbol = Array.from({ length: SYMBOLS }, () => [] as { rising: boolean; price: bigint; stands: boolean }[]);
  // A sale's limit and a buy's stop are reached from below.
  for (const { symbol, side, wait, price } of orders)
    bySymbol[symbol]?.push({ rising: (side === 'sell') === (wait.on === 'limit'), price, stands: true });
  return () => {
    let found = 0;
    for (const { symbol, price } of ticks) {
      for (const order of bySymbol[symbol] ?? []) {
        if (!order.stands || (order.rising ? price < order.price : price > order.price)) continue;
        order.stands = false;
        found += 1;
      }
    }
    return found;
  };
}
