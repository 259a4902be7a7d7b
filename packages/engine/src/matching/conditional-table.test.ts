/** What becomes of stops, trailing stops, brackets and pairs, price by price. */
import { expect, test } from 'vitest';
import { decimal, formatDecimal, ONE, ZERO } from '../money/index.ts';
import { DEFAULT_RULES, holdingOf, isOpen, NO_TERMS, stopOf, type Account, type Order, type OrderRequest } from '../orders/index.ts';
import { fillResting, place, type MarketQuote, type PlacementContext } from './index.ts';

const KEY = 1;
let ids = 0;
const moment = { now: 0, day: 0, newId: () => `o${String((ids += 1)).padStart(3, '0')}` };
const instrument = { key: KEY, currency: 'USD', baseRate: ONE, tickSize: decimal('0.01'), active: true };

function account(held: string): Account {
  const quantity = decimal(held);
  return {
    baseCurrency: 'USD',
    costMethod: 'average',
    cash: decimal('1000'),
    reserved: ZERO,
    creditLimit: ZERO,
    foreignCash: new Map(),
    holdings: new Map([[KEY, { quantity, reserved: ZERO, costBasis: quantity, baseCost: quantity, realizedGain: ZERO, lots: null }]]),
    openOrders: 0,
    rules: { ...DEFAULT_RULES, fillModel: 'sizeAware' },
  };
}

/** "100" is a price of 100 with a size of 9, "100x2" one of 2. */
function quoteOf(text: string): MarketQuote {
  const [price = '', size = '9'] = text.split('x');
  const [last, quantity] = [decimal(price), decimal(size)];
  return { last, bid: last, ask: last, bidSize: quantity, askSize: quantity, at: 0 };
}

/** "sell 2 stop 95", "buy 2 stopLimit 105 106", "sell 2 trail 5", "sell 2 trail 5%", "buy 2 market profit 110 loss 90". */
function requestOf(text: string): OrderRequest {
  const words = text.split(' ');
  const after = (word: string) => words[words.indexOf(word) + 1] ?? '';
  const [side, quantity = '', kind = ''] = words;
  const price = (name: string) => (words.includes(name) ? decimal(after(name)) : null);
  const trail = kind === 'trail' ? after('trail') : null;
  const loss = price('loss');
  return {
    id: moment.newId(),
    side: side === 'buy' ? 'buy' : 'sell',
    type: kind === 'trail' ? 'trailingStop' : (kind as OrderRequest['type']),
    timeInForce: 'gtc',
    quantity: decimal(quantity),
    notional: null,
    limitPrice: kind === 'limit' ? price('limit') : kind === 'stopLimit' ? decimal(words[4] ?? '') : null,
    terms: {
      ...NO_TERMS,
      stopPrice: price('stop') ?? price('stopLimit'),
      trailAmount: trail === null || trail.endsWith('%') ? null : decimal(trail),
      trailPercent: trail?.endsWith('%') === true ? decimal(trail.slice(0, -1)) : null,
      takeProfit: price('profit'),
      stopLoss: loss === null ? null : { stopPrice: loss, limitPrice: null },
    },
  };
}

function show(orders: ReadonlyMap<string, Order>, state: Account): string {
  const lines = [...orders.values()].map((order) => {
    const stop = stopOf(order);
    const waits = isOpen(order.status) && stop !== null ? ` stop ${formatDecimal(stop)}` : '';
    const average = order.averageFillPrice === null ? '' : `@${formatDecimal(order.averageFillPrice)}`;
    return `${order.status} ${formatDecimal(order.filledQuantity)}/${formatDecimal(order.quantity)}${average}${waits}`;
  });
  const holding = holdingOf(state, KEY);
  return `${lines.join(', ')}; held ${formatDecimal(holding.quantity)} of which ${formatDecimal(holding.reserved)} reserved`;
}

// Placed at 100 with 4 held and 1,000.00 of cash; then the prices of the third column. The last column is the outcome.
test.each<[order: string, prices: string, outcome: string]>([
  ['sell 4 stop 95', '', 'accepted 0/4 stop 95; held 4 of which 4 reserved'],
  ['sell 4 stop 95', '95.01', 'accepted 0/4 stop 95; held 4 of which 4 reserved'],
  ['sell 4 stop 95', '95', 'filled 4/4@95; held 0 of which 0 reserved'],
  // A gap: a stop promises no price.
  ['sell 4 stop 95', '80', 'filled 4/4@80; held 0 of which 0 reserved'],
  ['sell 4 stop 95', '94x1 99x9', 'filled 4/4@97.75; held 0 of which 0 reserved'], // (94 + 3 x 99) / 4, and it stays reached
  ['sell 4 stop 100', '', 'stop_reached'],
  ['buy 4 stop 105', '104.99 105', 'filled 4/4@105; held 8 of which 0 reserved'],
  ['buy 4 stop 100', '', 'stop_reached'],
  ['sell 4 stopLimit 95 94', '90', 'accepted 0/4; held 4 of which 4 reserved'],
  ['sell 4 stopLimit 95 94', '90 94.50', 'filled 4/4@94.5; held 0 of which 0 reserved'],
  ['sell 4 stopLimit 95 94', '96', 'accepted 0/4 stop 95; held 4 of which 4 reserved'],
  ['sell 4 trail 5', '104 110 107', 'accepted 0/4 stop 105; held 4 of which 4 reserved'],
  ['sell 4 trail 5', '104 110 107 105', 'filled 4/4@105; held 0 of which 0 reserved'],
  ['sell 4 trail 10%', '120 109', 'accepted 0/4 stop 108; held 4 of which 4 reserved'], // 120 less a tenth
  ['sell 4 trail 10%', '120 108', 'filled 4/4@108; held 0 of which 0 reserved'],
  ['buy 4 trail 5', '90 94.99', 'accepted 0/4 stop 95; held 4 of which 0 reserved'],
  ['buy 4 trail 5', '90 95', 'filled 4/4@95; held 8 of which 0 reserved'],
  // What protects a purchase comes with its fill.
  ['buy 2 market profit 110 loss 90', '', 'filled 2/2@100, accepted 0/2, accepted 0/2 stop 90; held 6 of which 2 reserved'],
  ['buy 2 market profit 110 loss 90', '110', 'filled 2/2@100, filled 2/2@110, canceled 0/2; held 4 of which 0 reserved'],
  ['buy 2 market profit 110 loss 90', '89', 'filled 2/2@100, canceled 0/2, filled 2/2@89; held 4 of which 0 reserved'],
  ['buy 2 market loss 90', '', 'filled 2/2@100, accepted 0/2 stop 90; held 6 of which 2 reserved'],
  ['buy 2 limit 99 profit 110', '', 'accepted 0/2; held 4 of which 0 reserved'],
  // Part by part: the exits are for what was bought, and share it.
  ['buy 3 limit 99 profit 110 loss 90', '99x1', 'partiallyFilled 1/3@99, accepted 0/1, accepted 0/1 stop 90; held 5 of which 1 reserved'],
  [
    'buy 3 limit 99 profit 110 loss 90',
    '99x1 98x2',
    'filled 3/3@98.333333333333333333, accepted 0/3, accepted 0/3 stop 90; held 7 of which 3 reserved',
  ],
  ['buy 3 market profit 110 loss 90', '110x1', 'filled 3/3@100, partiallyFilled 1/3@110, accepted 0/2 stop 90; held 6 of which 2 reserved'],
  ['buy 3 market profit 110 loss 90', '110x1 90', 'filled 3/3@100, canceled 1/3@110, filled 2/2@90; held 4 of which 0 reserved'],
  // One cancels the other.
  ['sell 4 limit 110 loss 95', '', 'accepted 0/4, accepted 0/4 stop 95; held 4 of which 4 reserved'],
  ['sell 4 limit 110 loss 95', '95', 'canceled 0/4, filled 4/4@95; held 0 of which 0 reserved'],
  ['sell 4 limit 110 loss 95', '111', 'filled 4/4@111, canceled 0/4; held 0 of which 0 reserved'],
  ['sell 5 limit 110 loss 95', '', 'insufficient_position'],
])('%s, then %s -> %s', (wish, prices, expected) => {
  ids = 0;
  const context: PlacementContext = {
    ...{ instrument, staleAfterMs: 1, session: { open: true, opensAt: null }, dayEndsAt: 1, goodTillCanceledEndsAt: 1, moment },
    quote: quoteOf('100'),
  };
  const decision = place(account('4'), requestOf(wish), context);
  if (decision.outcome === 'refused') return expect(decision.refusal.code).toBe(expected);
  let state = decision.account;
  const orders = new Map([decision.order, ...decision.others].map((order) => [order.id, order]));
  for (const quote of prices.split(' ').filter(Boolean).map(quoteOf)) {
    for (const id of [...orders.keys()]) {
      const order = orders.get(id);
      if (order === undefined || !isOpen(order.status)) continue;
      const linked = [...orders.values()].filter((other) => other.id !== id && isOpen(other.status));
      const outcome = fillResting(state, { order, instrument, quote, linked, seen: null }, moment);
      const mark = order.terms?.mark ?? null;
      if (outcome === null && order.terms !== null && mark !== null) {
        const better = order.side === 'sell' ? quote.last > mark : quote.last < mark;
        if (better) orders.set(id, { ...order, terms: { ...order.terms, mark: quote.last } });
      }
      if (outcome === null) continue;
      state = outcome.account;
      for (const changed of [outcome.order, ...outcome.others]) orders.set(changed.id, changed);
    }
  }
  expect(show(orders, state)).toBe(expected);
});

test('a stop that was seen to be reached trades, though the price has come back', () => {
  const held = account('4');
  const reserved: Account = {
    ...held,
    openOrders: 1,
    holdings: new Map([[KEY, { ...holdingOf(held, KEY), reserved: decimal('4') }]]),
  };
  const decision = place(account('4'), requestOf('sell 4 stop 95'), {
    ...{ instrument, staleAfterMs: 1, session: { open: true, opensAt: null }, dayEndsAt: 1, goodTillCanceledEndsAt: 1, moment },
    quote: quoteOf('100'),
  });
  if (decision.outcome === 'refused') throw new Error(decision.refusal.code);
  const back = { order: decision.order, instrument, quote: quoteOf('99'), linked: [] };
  expect(fillResting(reserved, { ...back, seen: null }, moment)).toBeNull();
  const seen = { last: decimal('94'), mark: null };
  expect(fillResting(reserved, { ...back, seen }, moment)?.order).toMatchObject({ status: 'filled', terms: { triggeredAt: 0 } });
});

test('chance decides by seed, order and quote alone, and in the long run as often as it says', () => {
  const rules = { ...DEFAULT_RULES, fillModel: 'chance' as const, fillChancePercent: 30 };
  const fills = (seed: number): string =>
    Array.from({ length: 400 }, (_, at) => {
      const decision = place(
        { ...account('0'), rules: { ...rules, fillSeed: seed } },
        { ...requestOf('buy 1 market'), id: `order-${at}`, terms: null },
        {
          ...{ instrument, staleAfterMs: 1, session: { open: true, opensAt: null }, dayEndsAt: 1, goodTillCanceledEndsAt: 1, moment },
          quote: quoteOf('100'),
        },
      );
      return decision.outcome === 'placed' && decision.order.status === 'filled' ? 'x' : '.';
    }).join('');
  expect(fills(1)).toBe(fills(1));
  expect(fills(1)).not.toBe(fills(2));
  // 400 x 30 % is 120; three standard deviations of sqrt(400 x 0.3 x 0.7) = 9.2 are 28.
  const count = [...fills(1)].filter((one) => one === 'x').length;
  expect(count).toBeGreaterThan(92);
  expect(count).toBeLessThan(148);
});
