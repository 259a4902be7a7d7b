import { expect, test } from 'vitest';
import { checkDraft, emptyDraft, forcesFor, toOrder, type OrderDraft } from './order-draft.ts';

const draft = (part: Partial<OrderDraft>): OrderDraft => ({ ...emptyDraft, quantity: '10', ...part });

// Prices of other types stay in the draft while somebody looks around; only those of the chosen one are sent.
const TYPED = { limitPrice: '225', stopPrice: '220', trail: '5' };
test.each<[part: Partial<OrderDraft>, sent: object]>([
  [{}, {}],
  [{ type: 'limit' }, { limitPrice: '225' }],
  [{ type: 'stop', side: 'sell' }, { stopPrice: '220' }],
  [
    { type: 'stopLimit', side: 'sell' },
    { stopPrice: '220', limitPrice: '225' },
  ],
  [{ type: 'trailingStop', side: 'sell' }, { trailPercent: '5' }],
  [{ type: 'trailingStop', side: 'sell', trailUnit: 'amount' }, { trailAmount: '5' }],
  [{ takeProfit: '250' }, { takeProfit: { limitPrice: '250' } }],
  [
    { takeProfit: '250', stopLoss: '200' },
    { takeProfit: { limitPrice: '250' }, stopLoss: { stopPrice: '200' } },
  ],
  [
    { side: 'sell', type: 'limit', takeProfit: '250', stopLoss: '200' },
    { limitPrice: '225', stopLoss: { stopPrice: '200' } },
  ],
  [{ side: 'sell', takeProfit: '250', stopLoss: '200' }, {}],
  // What waits for its stop cannot be over at once.
  [
    { type: 'stop', timeInForce: 'ioc' },
    { stopPrice: '220', timeInForce: 'day' },
  ],
  [
    { type: 'limit', timeInForce: 'ioc' },
    { limitPrice: '225', timeInForce: 'ioc' },
  ],
  [
    { side: 'sell', type: 'limit', stopLoss: '200', timeInForce: 'fok' },
    { limitPrice: '225', stopLoss: { stopPrice: '200' } },
  ],
])('%j is sent as %j', (part, sent) => {
  const { side = 'buy', type = 'market' } = part;
  expect(toOrder(draft({ ...TYPED, ...part }), 'AAPL')).toEqual({
    ...{ symbol: 'AAPL', side, type, timeInForce: 'day', quantity: '10' },
    ...sent,
  });
});

test.each<[part: Partial<OrderDraft>, problems: string[]]>([
  [{ type: 'stopLimit' }, ['stopPrice', 'limitPrice']],
  [{ type: 'trailingStop', trail: '0' }, ['trail']],
  [{ takeProfit: 'much', stopLoss: '' }, ['takeProfit']],
  [{ unit: 'amount' }, ['amount']],
])('%j lacks %j', (part, problems) => {
  expect(Object.keys(checkDraft(draft(part)))).toEqual(problems);
  expect(toOrder(draft(part), 'AAPL')).toBeNull();
});

test('how long an order may hold follows its type', () => {
  expect(forcesFor(draft({}))).toEqual([]);
  expect(forcesFor(draft({ type: 'limit' }))).toEqual(['day', 'gtc', 'ioc', 'fok']);
  expect(forcesFor(draft({ type: 'trailingStop' }))).toEqual(['day', 'gtc']);
});
