/** A row as the transactions that record it: one, or with an exchange of the money where it was booked in another currency. */
import { add, divide, formatDecimal, isPositive, isZero, subtract } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Recording } from '../transactions/index.ts';
import type { SettledRow, SettlingPortfolio } from './settle-row.ts';

type Input = Recording['input'];

export function recordingsOf(row: SettledRow, portfolio: SettlingPortfolio, externalId: string | null): readonly Recording[] {
  const { type, currency, instrument } = row;
  const common = { tradedAt: new Date(row.at).toISOString(), currency, ...(row.note === null ? {} : { note: row.note.slice(0, 1_000) }) };
  const rate = baseRateOf(row, portfolio);
  const input: Input = { ...common, ...figuresOf(row), ...(rate === null ? {} : { baseRate: formatDecimal(rate) }) };
  const main: Recording = { type, symbol: undefined, instrument, input, externalId };
  const exchange = exchangeOf(row, portfolio, common);
  if (exchange === null) return [main];
  return type === 'buy' ? [exchange, main] : [main, exchange];
}

function figuresOf(row: SettledRow): Input {
  const text = formatDecimal;
  const { type, quantity, price, amount, ratio, counterAmount, counterCurrency } = row;
  const costs = { ...(isZero(row.fee) ? {} : { fee: text(row.fee) }), ...(isZero(row.tax) ? {} : { tax: text(row.tax) }) };
  switch (type) {
    case 'buy':
    case 'sell':
      return { quantity: text(quantity ?? amount), price: text(price ?? amount), ...costs };
    case 'deposit':
    case 'withdrawal':
    case 'interest':
    case 'dividend':
    case 'returnOfCapital':
      return { amount: text(amount), ...costs };
    case 'fee':
    case 'tax':
    case 'merger':
      return { amount: text(amount) };
    case 'split':
      return { newShares: text(ratio?.newShares ?? amount), oldShares: text(ratio?.oldShares ?? amount) };
    case 'transferIn':
      return { quantity: text(quantity ?? amount), amount: text(amount) };
    case 'transferOut':
      return { quantity: text(quantity ?? amount) };
    case 'exchange':
      return {
        amount: text(amount),
        counterAmount: text(counterAmount ?? amount),
        counterCurrency: counterCurrency ?? '',
        ...(isZero(row.fee) ? {} : { fee: text(row.fee) }),
      };
    case 'spinOff':
      throw new Error('No format reads a spin-off.');
  }
}

/** What was paid for it, or arrived from it, in its own currency. */
function netOf({ type, amount, fee, tax }: SettledRow): Decimal {
  const costs = add(fee, tax);
  return type === 'buy' ? add(amount, costs) : subtract(amount, costs);
}

const BOOKED_ELSEWHERE = new Set(['buy', 'sell', 'dividend', 'returnOfCapital']);

/** The exchange that the broker made for the row, where the portfolio keeps cash and can show it. */
function exchangeOf(row: SettledRow, { cashMode }: SettlingPortfolio, common: Input): Recording | null {
  const { type, currency, counterAmount, counterCurrency } = row;
  const net = netOf(row);
  if (cashMode === 'implied' || !BOOKED_ELSEWHERE.has(type) || counterAmount === null || counterCurrency === null) return null;
  if (counterCurrency === currency || !isPositive(counterAmount) || !isPositive(net)) return null;
  const { tradedAt = '' } = common;
  const [own, other] = [
    { amount: formatDecimal(net), currency },
    { amount: formatDecimal(counterAmount), currency: counterCurrency },
  ];
  const [given, taken] = type === 'buy' ? [other, own] : [own, other];
  const input = { tradedAt, ...given, counterAmount: taken.amount, counterCurrency: taken.currency };
  return { type: 'exchange', symbol: undefined, instrument: null, input };
}

/** The broker's own rate counts more than the day's. */
function baseRateOf(row: SettledRow, { baseCurrency }: SettlingPortfolio): Decimal | null {
  const { currency, counterAmount, counterCurrency } = row;
  const net = netOf(row);
  if (!BOOKED_ELSEWHERE.has(row.type) || currency === baseCurrency || counterCurrency !== baseCurrency || counterAmount === null)
    return null;
  // Of a few cents, rounding would be most of the rate.
  return net >= ENOUGH && counterAmount >= ENOUGH ? divide(counterAmount, net) : null;
}

const ENOUGH = 10n ** 20n;
