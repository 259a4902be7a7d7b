import { minorUnits, type CurrencyCode } from './currency.ts';
import { decimalFromInteger, divide, formatFixed, multiplyRounded, ONE, roundTo, type Decimal } from './decimal.ts';

/** What is posted: the amount rounded half-even to the currency's minor units. Throws `CurrencyError` for an unknown code. */
export function roundMoney(amount: Decimal, currency: CurrencyCode): Decimal {
  return roundTo(amount, minorUnits(currency));
}

/** `quantity * price` (or amount * rate) as a posting in the currency, rounded once and half-even. */
export function multiplyMoney(quantity: Decimal, price: Decimal, currency: CurrencyCode): Decimal {
  return multiplyRounded(quantity, price, { places: minorUnits(currency) });
}

/** The least that can be posted in the currency: 0.01 USD, 1 JPY. */
export function smallestAmount(currency: CurrencyCode): Decimal {
  return divide(ONE, decimalFromInteger(10 ** minorUnits(currency)));
}

/** For messages in English: "1,204.10 USD", "-5 JPY". Screens format by the reader's own language instead. */
export function formatMoney(amount: Decimal, currency: CurrencyCode): string {
  const [whole = '', fraction] = formatFixed(amount, minorUnits(currency)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}
