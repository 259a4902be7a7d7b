import i18next, { type TFunction } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { de } from '../../i18n/de/de.ts';
import { en } from '../../i18n/en/en.ts';
import { emptyDraft, ORDER_TYPES, type OrderDraft } from './order-draft.ts';
import { orderSentence } from './order-sentence.ts';

const words = i18next.createInstance();
let english: TFunction<'app'>;
let german: TFunction<'app'>;
beforeAll(async () => {
  await words.init({ lng: 'en', defaultNS: 'app', resources: { en: { app: en }, de: { app: de } }, interpolation: { escapeValue: false } });
  english = words.getFixedT('en', 'app');
  german = words.getFixedT('de', 'app');
});

/** Apple at 228.43 / 228.45, a fee of 1.00. */
const market = { name: 'Apple', currency: 'USD', tickSize: '0.01', ask: '228.45', bid: '228.43', fee: '1' };
const draft = (part: Partial<OrderDraft>): OrderDraft => ({ ...emptyDraft, quantity: '10', ...part });

const plain = (text: string): string => text.replaceAll(/<\/?b>/g, '').replaceAll('\u00A0', ' ');

test.each([
  // 10 x 228.45 = 2,284.50; a seller gets the bid: 10 x 228.43 = 2,284.30
  [{}, 'Buy 10 shares of Apple at the market price. About 2,284.50 USD plus 1.00 fee.'],
  [{ side: 'sell' }, 'Sell 10 shares of Apple at the market price. About 2,284.30 USD less 1.00 fee.'],
  [{ quantity: '1' }, 'Buy 1 share of Apple at the market price. About 228.45 USD plus 1.00 fee.'],
  // 228.45 - 225.00 = 3.45
  [
    { type: 'limit', limitPrice: '225' },
    'Buy 10 shares of Apple at 225.00 USD or less, today only. At most 2,250.00 USD plus 1.00 fee. The price is 3.45 above your limit, so this will wait.',
  ],
  [
    { type: 'limit', limitPrice: '230', timeInForce: 'gtc' },
    'Buy 10 shares of Apple at 230.00 USD or less, until you cancel it. At most 2,300.00 USD plus 1.00 fee. The price allows it already, so this should fill at once.',
  ],
  // 230.00 - 228.43 = 1.57
  [
    { side: 'sell', type: 'limit', limitPrice: '230' },
    'Sell 10 shares of Apple at 230.00 USD or more, today only. At least 2,300.00 USD less 1.00 fee. The price is 1.57 below your limit, so this will wait.',
  ],
  [
    { type: 'limit', limitPrice: '225', timeInForce: 'fok' },
    'Buy 10 shares of Apple at 225.00 USD or less, at once and whole or not at all. At most 2,250.00 USD plus 1.00 fee. The price is 3.45 above your limit, so this would lapse at once.',
  ],
  // 10 x 220.00 = 2,200.00
  [
    { side: 'sell', type: 'stop', stopPrice: '220' },
    'Sell 10 shares of Apple at the market price, once the last price falls to 220.00 USD, today only. About 2,200.00 USD less 1.00 fee.',
  ],
  [
    { side: 'sell', type: 'stopLimit', stopPrice: '220', limitPrice: '219', timeInForce: 'gtc' },
    'Sell 10 shares of Apple at 219.00 USD or more, once the last price falls to 220.00 USD, until you cancel it. At least 2,190.00 USD less 1.00 fee.',
  ],
  [
    { side: 'sell', type: 'trailingStop', trail: '5' },
    'Sell 10 shares of Apple at the market price, once it falls 5.00% below its highest, today only. About 2,284.30 USD less 1.00 fee.',
  ],
  [
    { takeProfit: '250', stopLoss: '200' },
    'Buy 10 shares of Apple at the market price. About 2,284.50 USD plus 1.00 fee. Then sell what was bought at 250.00 USD or more, or once the last price falls to 200.00 USD.',
  ],
  [
    { side: 'sell', type: 'limit', limitPrice: '250', stopLoss: '200' },
    'Sell 10 shares of Apple at 250.00 USD or more, today only. At least 2,500.00 USD less 1.00 fee. The price is 21.57 below your limit, so this will wait. Or sell once the last price falls to 200.00 USD: one cancels the other.',
  ],
  // 1,000 / 228.45 = 4.3773
  [{ unit: 'amount', amount: '1000' }, 'Buy Apple for 1,000.00 USD at the market price. About 4.3773 shares at 228.45 USD.'],
] as const)('%j reads: %s', (part, sentence) => {
  expect(plain(orderSentence({ ...market, draft: draft(part as Partial<OrderDraft>) }, english, { locale: 'en' }))).toBe(sentence);
});

test.each([
  [{}, 'Kaufe 10 Stück Apple zum Marktpreis. Etwa 2.284,50 USD zuzüglich 1,00 Gebühr.'],
  [
    { type: 'limit', limitPrice: '225' },
    'Kaufe 10 Stück Apple zu höchstens 225,00 USD, nur heute. Höchstens 2.250,00 USD zuzüglich 1,00 Gebühr. Der Preis liegt 3,45 über deinem Limit, der Auftrag wird also warten.',
  ],
  [
    { side: 'sell', type: 'limit', limitPrice: '230', timeInForce: 'gtc' },
    'Verkaufe 10 Stück Apple zu mindestens 230,00 USD, bis du ihn stornierst. Mindestens 2.300,00 USD abzüglich 1,00 Gebühr. Der Preis liegt 1,57 unter deinem Limit, der Auftrag wird also warten.',
  ],
] as const)('in German %j reads: %s', (part, sentence) => {
  expect(plain(orderSentence({ ...market, draft: draft(part as Partial<OrderDraft>) }, german, { locale: 'de' }))).toBe(sentence);
});

test('every combination reads as a whole sentence in both languages', () => {
  for (const side of ['buy', 'sell'] as const)
    for (const type of ORDER_TYPES)
      for (const unit of ['shares', 'amount'] as const)
        for (const timeInForce of ['day', 'gtc', 'ioc', 'fok'] as const)
          for (const price of ['100', '228.44', '300'])
            for (const [t, locale] of [
              [english, 'en'],
              [german, 'de'],
            ] as const) {
              const facts = {
                ...market,
                draft: draft({
                  side,
                  type,
                  unit,
                  timeInForce,
                  amount: '500',
                  limitPrice: price,
                  stopPrice: price,
                  trail: '5',
                  takeProfit: '400',
                  stopLoss: '50',
                }),
              };
              const text = plain(orderSentence(facts, t, { locale }));
              expect(text).toMatch(/^\p{Lu}.*\.$/u);
              expect(text).not.toMatch(/sentence\.|\{\{|undefined|NaN| ,|\.\./);
            }
});

test('an order that is not complete says nothing, and without a price it says so', () => {
  expect(orderSentence({ ...market, draft: draft({ quantity: '' }) }, english, { locale: 'en' })).toBe('');
  expect(orderSentence({ ...market, draft: draft({ type: 'limit', limitPrice: 'x' }) }, english, { locale: 'en' })).toBe('');
  expect(plain(orderSentence({ ...market, ask: null, draft: draft({}) }, english, { locale: 'en' }))).toBe(
    'Buy 10 shares of Apple at the market price. There is no price at the moment.',
  );
});

test('a cost beyond binary numbers is exact', () => {
  // 12,345,678,901 x 228.45 = 2,820,370,344,933.45
  const text = plain(orderSentence({ ...market, fee: null, draft: draft({ quantity: '12345678901' }) }, english, { locale: 'en' }));
  expect(text).toContain('2,820,370,344,933.45 USD');
});
