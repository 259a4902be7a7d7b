import { expect, test } from 'vitest';
import { decimal, formatDecimal, ONE, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import { DEFAULT_RULES, freeCash, holdingOf, type Account, type Order, type OrderRequest, type TradingRules } from '../orders/index.ts';
import { close, fillResting, matchAgainst, moveCash, place, type MarketQuote, type PlacementContext } from './index.ts';

const NOW = Date.UTC(2026, 0, 5, 15);
const KEY = 7;

const ALONE = { linked: [], seen: null };

let ids = 0;
const moment = { now: NOW, day: 20_458, newId: () => `id-${(ids += 1)}` };

function account(cash: string, held: Partial<Record<'quantity' | 'cost', string>> = {}, rules: Partial<TradingRules> = {}): Account {
  const quantity = decimal(held.quantity ?? '0');
  const cost = decimal(held.cost ?? '0');
  const holding = { quantity, reserved: ZERO, costBasis: cost, baseCost: cost, realizedGain: ZERO, lots: null };
  return {
    baseCurrency: 'USD',
    costMethod: 'average',
    cash: decimal(cash),
    reserved: ZERO,
    creditLimit: ZERO,
    foreignCash: new Map(),
    holdings: new Map(quantity === ZERO ? [] : [[KEY, holding]]),
    openOrders: 0,
    rules: { ...DEFAULT_RULES, ...rules },
  };
}

function quote(bid: string, ask: string, size = '100'): MarketQuote {
  return { last: decimal(bid), bid: decimal(bid), ask: decimal(ask), bidSize: decimal(size), askSize: decimal(size), at: NOW };
}

function context(
  of: Partial<PlacementContext> & { readonly currency?: string; readonly baseRate?: Decimal | null } = {},
): PlacementContext {
  return {
    instrument: {
      key: KEY,
      currency: of.currency ?? 'USD',
      baseRate: of.baseRate === undefined ? ONE : of.baseRate,
      tickSize: decimal('0.01'),
      active: true,
    },
    quote: of.quote === undefined ? quote('199.90', '200') : of.quote,
    staleAfterMs: 60_000,
    session: of.session ?? { open: true, opensAt: null },
    dayEndsAt: NOW + 9 * 3_600_000,
    goodTillCanceledEndsAt: NOW + 90 * 86_400_000,
    moment,
  };
}

/** "buy 4 market", "sell 2 limit 210 gtc", "buy $500 market ioc" */
function request(text: string): OrderRequest {
  const [side, amount = '', type, ...rest] = text.split(' ');
  const limitPrice = type === 'limit' ? decimal(rest.shift() ?? '') : null;
  const notional = amount.startsWith('$') ? decimal(amount.slice(1)) : null;
  return {
    id: `order-${(ids += 1)}`,
    side: side === 'sell' ? 'sell' : 'buy',
    type: type === 'limit' ? 'limit' : 'market',
    timeInForce: (rest[0] ?? 'day') as OrderRequest['timeInForce'],
    quantity: notional === null ? decimal(amount) : null,
    notional,
    limitPrice,
    terms: null,
  };
}

/** "filled 4@200 cash 199 held 4" or "insufficient_cash needs 1001 has 1000" */
function outcome(start: Account, text: string, at: PlacementContext): string {
  const decision = place(start, request(text), at);
  if (decision.outcome === 'refused') {
    const { refusal } = decision;
    return 'needed' in refusal
      ? `${refusal.code} needs ${formatDecimal(refusal.needed)} has ${formatDecimal(refusal.available)}`
      : refusal.code;
  }
  const { order, account: after } = decision;
  const average = order.averageFillPrice === null ? '' : ` ${formatDecimal(order.filledQuantity)}@${formatDecimal(order.averageFillPrice)}`;
  const reserved = after.reserved === ZERO ? '' : ` reserved ${formatDecimal(after.reserved)}`;
  return `${order.status}${average} cash ${formatDecimal(after.cash)}${reserved} held ${formatDecimal(holdingOf(after, KEY).quantity)}`;
}

const FEE: TradingRules['fees'] = { fixed: ONE, basisPoints: 0, minimum: ZERO };

// The last column is the outcome. Quote 199.90 / 200, size 100, unless the row says otherwise. A fee of 1 where marked.
test.each<
  [
    cash: string,
    held: string,
    order: string,
    options: { fees?: boolean; sizeAware?: boolean; slippage?: number; closed?: boolean; none?: boolean; size?: string },
    outcome: string,
  ]
>([
  ['1000', '0', 'buy 4 market', {}, 'filled 4@200 cash 200 held 4'],
  ['1000', '0', 'buy 4 market', { fees: true }, 'filled 4@200 cash 199 held 4'], // 1,000 - 4 x 200 - 1
  ['1000', '0', 'buy 5 market', { fees: true }, 'insufficient_cash needs 1001 has 1000'],
  ['1000', '0', 'buy 5 market', {}, 'filled 5@200 cash 0 held 5'],
  ['1000', '0', 'buy $500 market', {}, 'filled 2.5@200 cash 500 held 2.5'],
  ['1000', '0', 'buy $500 market', { fees: true }, 'filled 2.495@200 cash 500 held 2.495'], // (500 - 1) / 200
  ['0', '3', 'sell 2 market', {}, 'filled 2@199.9 cash 399.8 held 1'],
  ['0', '3', 'sell 4 market', {}, 'insufficient_position needs 4 has 3'],
  ['1000', '0', 'buy 4 limit 199.99', {}, 'accepted cash 1000 reserved 799.96 held 0'],
  ['1000', '0', 'buy 4 limit 199.99 ioc', {}, 'canceled cash 1000 held 0'],
  ['1000', '0', 'buy 4 limit 200', {}, 'filled 4@200 cash 200 held 4'],
  ['1000', '0', 'buy 4 limit 210', {}, 'filled 4@200 cash 200 held 4'],
  ['1000', '0', 'buy 6 limit 199', {}, 'insufficient_cash needs 1194 has 1000'],
  ['0', '3', 'sell 2 limit 210', {}, 'accepted cash 0 held 3'],
  ['0', '3', 'sell 4 limit 210', {}, 'insufficient_position needs 4 has 3'],
  ['1000', '0', 'buy 1 limit 199.995', {}, 'tick_size'],
  ['1000', '0', 'buy 0.000000001 market', {}, 'order_too_small'],
  ['1000', '0', 'buy 0.000025 market', {}, 'order_too_small'], // 200 x 0.000025 = 0.005, posted as 0.00
  ['1000', '0', 'buy 0.000026 market', {}, 'filled 0.000026@200 cash 999.99 held 0.000026'],
  ['1000', '0', 'buy $0.005 market', {}, 'order_too_small'],
  ['0', '3', 'sell 0.000025 market', {}, 'order_too_small'],
  ['1000', '0', 'buy 0.5 limit 0.01', {}, 'order_too_small'],
  ['1000', '0', 'buy 1000000000 limit 1000.01', {}, 'order_too_large'], // 10^12 and a cent each
  ['0', '3', 'sell 1000000000 limit 1000000000000', {}, 'order_too_large'],
  ['1000', '0', 'buy 4 market', { closed: true }, 'market_closed'],
  ['1000', '0', 'buy 4 limit 210 gtc', { closed: true }, 'accepted cash 1000 reserved 840 held 0'],
  ['1000', '0', 'buy 4 market', { none: true }, 'no_quote'],
  ['1000', '0', 'buy 4 market', { slippage: 50 }, 'filled 4@201 cash 196 held 4'], // 200 x 1.005
  ['1000', '0', 'buy 4 limit 200.50', { slippage: 50 }, 'filled 4@200.5 cash 198 held 4'],
  ['1000', '0', 'buy 4 market', { sizeAware: true, size: '3' }, 'partiallyFilled 3@200 cash 400 reserved 200 held 3'],
  ['1000', '0', 'buy 4 market ioc', { sizeAware: true, size: '3' }, 'canceled 3@200 cash 400 held 3'],
  ['1000', '0', 'buy 4 market fok', { sizeAware: true, size: '3' }, 'canceled cash 1000 held 0'],
])('cash %s, held %s: %s %o -> %s', (cash, held, order, options, expected) => {
  const rules: Partial<TradingRules> = {
    ...(options.fees === true ? { fees: FEE } : {}),
    ...(options.sizeAware === true ? { fillModel: 'sizeAware' as const } : {}),
    ...(options.slippage === undefined ? {} : { slippageBasisPoints: options.slippage }),
  };
  const at = context({
    quote: options.none === true ? null : quote('199.90', '200', options.size),
    session: { open: options.closed !== true, opensAt: null },
  });
  expect(outcome(account(cash, { quantity: held, cost: '300' }, rules), order, at)).toBe(expected);
});

test('the example of the index: 4 at 200 with a fee of 1 cost 801', () => {
  const decision = place(account('1000', {}, { fees: FEE }), request('buy 4 market'), context());
  if (decision.outcome === 'refused') throw new Error('refused');
  expect(formatDecimal(holdingOf(decision.account, KEY).costBasis)).toBe('801');
  expect(formatDecimal(decision.account.cash)).toBe('199');
});

test('a sale at average cost realizes net proceeds less its share of the cost', () => {
  // 3 shares cost 300; one is sold at 199.90: 199.90 - 100 = 99.90.
  const decision = place(account('0', { quantity: '3', cost: '300' }), request('sell 1 market'), context());
  if (decision.outcome === 'refused') throw new Error('refused');
  const holding = holdingOf(decision.account, KEY);
  expect([holding.realizedGain, holding.costBasis, holding.quantity].map(formatDecimal)).toEqual(['99.9', '200', '2']);
});

test('the seed of a wrong tracker: buy 10@100, sell 5@120, buy 5@200, sell 10@200 gains 600', () => {
  // 5 x 20 + (10 x 200 - (5 x 100 + 5 x 200)) = 100 + 500 = 600.
  let state = account('10000');
  for (const [text, price] of [
    ['buy 10 market', '100'],
    ['sell 5 market', '120'],
    ['buy 5 market', '200'],
    ['sell 10 market', '200'],
  ] as const) {
    const decision = place(state, request(text), context({ quote: quote(price, price) }));
    if (decision.outcome === 'refused') throw new Error(decision.refusal.code);
    state = decision.account;
  }
  expect(formatDecimal(holdingOf(state, KEY).realizedGain)).toBe('600');
  expect(formatDecimal(state.cash)).toBe('10600');
});

test('a purchase in another currency exchanges what is missing, as a fact of its own', () => {
  // 4 x 200 EUR = 800 EUR; 300 EUR are there, 500 EUR at 1.10 cost 550 USD.
  const start = { ...account('1000'), foreignCash: new Map([['EUR', decimal('300')]]) };
  const decision = place(start, request('buy 4 market'), context({ currency: 'EUR', baseRate: decimal('1.1') }));
  if (decision.outcome === 'refused') throw new Error('refused');
  expect(formatDecimal(decision.account.cash)).toBe('450');
  expect(formatDecimal(decision.account.foreignCash.get('EUR') ?? ONE)).toBe('0');
  expect(decision.postings.map(({ transaction }) => transaction.type)).toEqual(['exchange', 'buy']);
  expect(formatDecimal(holdingOf(decision.account, KEY).baseCost)).toBe('880');
});

test('without an exchange rate nothing is bought', () => {
  const decision = place(account('1000'), request('buy 4 market'), context({ currency: 'EUR', baseRate: null }));
  expect(decision).toEqual({ outcome: 'refused', refusal: { code: 'no_exchange_rate', from: 'USD', to: 'EUR' } });
});

test('a resting buy fills at its limit or better, gives back what it held, and a canceled one gives back all', () => {
  const decision = place(account('1000'), request('buy 4 limit 190'), context());
  if (decision.outcome === 'refused') throw new Error('refused');
  expect(formatDecimal(freeCash(decision.account))).toBe('240'); // 1,000 - 4 x 190
  const filled = fillResting(
    decision.account,
    { order: decision.order, instrument: context().instrument, quote: quote('188', '189'), ...ALONE },
    moment,
  );
  expect(filled?.order.status).toBe('filled');
  expect(formatDecimal(filled?.account.cash ?? ZERO)).toBe('244'); // 1,000 - 4 x 189
  expect(formatDecimal(filled?.account.reserved ?? ONE)).toBe('0');
  const canceled = close(decision.account, { order: decision.order, linked: [] }, 'canceled');
  expect(formatDecimal(freeCash(canceled?.account ?? decision.account))).toBe('1000');
  expect(canceled?.account.openOrders).toBe(0);
});

test('a part that would be posted as nothing costs a cent', () => {
  const decision = place(account('1000', {}, { fillModel: 'sizeAware' }), request('buy 4 limit 190'), context());
  if (decision.outcome === 'refused') throw new Error('refused');
  const part = fillResting(
    decision.account,
    { order: decision.order, instrument: context().instrument, quote: quote('188', '189', '0.00001'), ...ALONE },
    moment,
  );
  expect(formatDecimal(part?.order.filledQuantity ?? ZERO)).toBe('0.00001');
  expect(formatDecimal(part?.account.cash ?? ZERO)).toBe('999.99'); // 189 x 0.00001 = 0.00189
});

test('a quote that does not reach the limit changes nothing', () => {
  const decision = place(account('1000'), request('buy 4 limit 190'), context());
  if (decision.outcome === 'refused') throw new Error('refused');
  expect(
    fillResting(
      decision.account,
      { order: decision.order, instrument: context().instrument, quote: quote('190', '190.01'), ...ALONE },
      moment,
    ),
  ).toBeNull();
});

test('an order whose cash no longer suffices when it fills is rejected and gives everything back', () => {
  // Reserved for 4 x 190 EUR at 1.00, but at 2.00 it would cost 1,520 USD.
  const decision = place(account('1000'), request('buy 4 limit 190'), context({ currency: 'EUR', baseRate: ONE }));
  if (decision.outcome === 'refused') throw new Error('refused');
  const dearer = { ...context().instrument, currency: 'EUR', baseRate: decimal('2') };
  const ended = fillResting(decision.account, { order: decision.order, instrument: dearer, quote: quote('189', '190'), ...ALONE }, moment);
  expect(ended?.order.status).toBe('rejected');
  expect(ended?.rejection?.code).toBe('insufficient_cash');
  expect(formatDecimal(freeCash(ended?.account ?? decision.account))).toBe('1000');
});

test('a final order cannot be closed or filled again', () => {
  const decision = place(account('1000'), request('buy 1 market'), context());
  if (decision.outcome === 'refused') throw new Error('refused');
  expect(close(decision.account, { order: decision.order, linked: [] }, 'canceled')).toBeNull();
  expect(
    fillResting(decision.account, { order: decision.order, instrument: context().instrument, quote: quote('1', '1'), ...ALONE }, moment),
  ).toBeNull();
});

test('a withdrawal takes free cash only', () => {
  const decision = place(account('1000'), request('buy 4 limit 190'), context());
  if (decision.outcome === 'refused') throw new Error('refused');
  const refused = moveCash(decision.account, { type: 'withdrawal', currency: 'USD', amount: decimal('240.01') }, moment);
  expect(refused).toMatchObject({ code: 'insufficient_cash' });
  const moved = moveCash(decision.account, { type: 'withdrawal', currency: 'USD', amount: decimal('240') }, moment);
  expect('code' in moved ? moved.code : formatDecimal(freeCash(moved.account))).toBe('0');
});

test.each<[side: 'buy' | 'sell', limit: string | null, bid: string, ask: string, price: string | null]>([
  ['buy', null, '9', '10', '10'],
  ['sell', null, '9', '10', '9'],
  ['buy', '9.99', '9', '10', null],
  ['buy', '10', '9', '10', '10'],
  ['sell', '9', '9', '10', '9'],
  ['sell', '9.01', '9', '10', null],
])('%s limit %s against %s / %s trades at %s', (side, limit, bid, ask, price) => {
  const order: Pick<Order, 'id' | 'side' | 'limitPrice' | 'quantity' | 'filledQuantity'> = {
    id: 'order',
    side,
    limitPrice: limit === null ? null : decimal(limit),
    quantity: ONE,
    filledQuantity: ZERO,
  };
  const match = matchAgainst(quote(bid, ask), order, DEFAULT_RULES);
  expect(match === null ? null : formatDecimal(match.price)).toBe(price);
});
