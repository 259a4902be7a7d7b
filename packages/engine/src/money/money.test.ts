import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  chainRates,
  convert,
  CurrencyError,
  decimal,
  ExchangeRateError,
  findCurrency,
  formatDecimal,
  formatMoney,
  invertRate,
  listCurrencies,
  minorUnits,
  multiplyMoney,
  rateOn,
  rateTable,
  roundMoney,
  type Decimal,
} from './index.ts';

describe('the worked example of the front door', () => {
  it('costs 1,205.13 USD, posted as 1,095.57 EUR', () => {
    const cost = add(multiplyMoney(decimal('12'), decimal('100.345'), 'USD'), decimal('0.99')); // 1,204.14 + 0.99
    expect(formatMoney(cost, 'USD')).toBe('1,205.13 USD');
    const eurPerUsd = invertRate({ from: 'EUR', to: 'USD', rate: decimal('1.10') });
    expect(formatMoney(convert(cost, eurPerUsd), 'EUR')).toBe('1,095.57 EUR'); // 1,205.13 / 1.10 = 1,095.5727…
  });
});

describe('a posting', () => {
  it.each([
    ['2.345', 'USD', '2.34'], // a tie goes to the even cent
    ['2.355', 'USD', '2.36'],
    ['-2.345', 'USD', '-2.34'],
    ['100.5', 'JPY', '100'],
    ['1.2345', 'KWD', '1.234'],
    ['0.123456785', 'BTC', '0.12345678'],
  ])('of %s %s is %s', (amount, currency, expected) => {
    expect(formatDecimal(roundMoney(decimal(amount), currency))).toBe(expected);
  });

  it.each([
    ['1204.1', 'USD', '1,204.10 USD'],
    ['-1234567.891', 'EUR', '-1,234,567.89 EUR'],
    ['999', 'JPY', '999 JPY'],
    ['1000', 'JPY', '1,000 JPY'],
    ['0.5', 'BTC', '0.50000000 BTC'],
    ['-0.001', 'USD', '0.00 USD'],
  ])('of %s %s reads %s', (amount, currency, expected) => {
    expect(formatMoney(decimal(amount), currency)).toBe(expected);
  });

  it('in an unknown currency is refused', () => {
    expect(() => roundMoney(decimal('1'), 'XXZ')).toThrow(CurrencyError);
    expect(findCurrency('usd')).toBeNull();
    expect(findCurrency('constructor')).toBeNull();
  });
});

describe('the currencies', () => {
  it('have one entry per code and know the tenders of the CLDR list that Node carries', () => {
    const codes = listCurrencies().map((currency) => currency.code);
    expect(new Set(codes).size).toBe(codes.length);
    const current = Intl.supportedValuesOf('currency').filter((code) => findCurrency(code)?.kind === 'iso');
    expect(current.length).toBeGreaterThan(150);
  });

  it('have the minor units Node prints, but where CLDR follows everyday use and not ISO 4217', () => {
    const different = listCurrencies()
      .filter(({ kind }) => kind === 'iso')
      .filter(({ code }) => Intl.supportedValuesOf('currency').includes(code))
      .filter(
        ({ code }) =>
          new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits !== minorUnits(code),
      )
      .map(({ code }) => code);
    // CLDR shows these without their minor units; ISO 4217 list one still defines two (three for IQD).
    const cashOnly = 'AFN ALL COP IQD IRR KPW LAK LBP MGA MMK PKR RSD SLE SOS SYP TZS UZS YER IDR HUF CRC';
    expect(different.filter((code) => !cashOnly.includes(code))).toEqual([]);
  });
});

describe('exchange rates', () => {
  const table = rateTable(
    'EUR',
    // European Central Bank reference rates of these days, 1 EUR = x.
    new Map([
      ['USD', { days: [16435, 16437, 16440], unitsPerBase: ['1.2141', '1.2043', '1.1915'].map(decimal) }],
      ['CHF', { days: [16435, 16437, 16440], unitsPerBase: ['1.2024', '1.2022', '1.2016'].map(decimal) }],
    ]),
  );

  it('are crossed over the base', () => {
    // 1.2022 CHF/EUR / 1.2043 USD/EUR = 0.99825624… CHF per USD
    const rate = rateOn(table, { from: 'USD', to: 'CHF' }, 16437)?.rate;
    expect(rate === undefined ? null : formatDecimal(rate)).toBe('0.998256248443078967');
  });

  it('take the last earlier day over a weekend, and nothing before the first', () => {
    const pair = { from: 'EUR', to: 'USD' };
    expect(rateOn(table, pair, 16438)?.rate).toBe(decimal('1.2043'));
    expect(rateOn(table, pair, 99999)?.rate).toBe(decimal('1.1915'));
    expect(rateOn(table, pair, 16434)).toBeNull();
    expect(rateOn(table, { from: 'EUR', to: 'SEK' }, 16437)).toBeNull();
    expect(rateOn(table, { from: 'SEK', to: 'SEK' }, 0)?.rate).toBe(decimal('1'));
  });

  it('chain only where they meet', () => {
    const usdPerEur = { from: 'EUR', to: 'USD', rate: decimal('1.10') };
    const yenPerUsd = { from: 'USD', to: 'JPY', rate: decimal('150') };
    expect(chainRates(usdPerEur, yenPerUsd)).toEqual({ from: 'EUR', to: 'JPY', rate: decimal('165') });
    expect(() => chainRates(yenPerUsd, usdPerEur)).toThrow('A rate to JPY cannot be continued by a rate from EUR.');
  });

  it('are refused when they are not positive or their days do not ascend', () => {
    expect(() => invertRate({ from: 'EUR', to: 'USD', rate: decimal('0') })).toThrow(ExchangeRateError);
    const build = (days: number[], rates: string[]) => () =>
      rateTable('EUR', new Map([['USD', { days, unitsPerBase: rates.map(decimal) }]]));
    expect(build([1, 1], ['1', '1'])).toThrow('The days of USD do not ascend.');
    expect(build([1], [])).toThrow('USD has 1 days and 0 rates.');
    expect(build([1], ['-1'])).toThrow(ExchangeRateError);
  });

  it('invert to themselves within the last places', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 16n, max: 10n ** 20n }), (digits) => {
        const rate = { from: 'EUR', to: 'USD', rate: digits as Decimal };
        const twice = invertRate(invertRate(rate)).rate - digits;
        // The inverse is off by at most half a unit of place 18; seen back that is rate² times as much.
        expect(twice < 0n ? -twice : twice).toBeLessThanOrEqual((digits * digits) / 10n ** 36n + 1n);
      }),
    );
  });
});
