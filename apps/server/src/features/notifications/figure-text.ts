/** Exact figures in the sentences of a language. */
import type { Locale } from './notification.ts';

const quantities = { en: figures('en', 0), de: figures('de', 0) } as const;
const prices = { en: figures('en', 2), de: figures('de', 2) } as const;

function figures(locale: Locale, minimumFractionDigits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits: 10 });
}

/** Decimal text as the language writes it. Texts are formatted exactly, however many digits they have. */
export function quantityText(locale: Locale, quantity: string): string {
  return quantities[locale].format(quantity as `${number}`);
}

export function priceText(locale: Locale, price: string, currency: string): string {
  return `${prices[locale].format(price as `${number}`)} ${currency}`;
}
