import { isBelowOne, isDecimalText, significantDecimals } from './decimal-text.ts';

/** How a reader's language writes figures. */
export interface FigureStyle {
  readonly locale: string;
}

export interface FigurePart {
  readonly kind: 'whole' | 'fraction' | 'code';
  readonly text: string;
}

const MINUS = '\u2212';
const formats = new Map<string, Intl.NumberFormat>();

function formatFor(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** Formats the text itself, so that every digit is kept; the minus is U+2212 in every language. */
function partsOf(text: string, locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormatPart[] {
  const parts = formatFor(locale, options).formatToParts(text as Intl.StringNumericLiteral);
  return parts.map((part) => (part.type === 'minusSign' ? { ...part, value: MINUS } : part));
}

function join(parts: readonly Intl.NumberFormatPart[]): string {
  return parts.map((part) => part.value).join('');
}

/** Signs changes: + and − but nothing at zero, also when the value only rounds to zero. */
function signOption(signed: boolean | undefined): Intl.NumberFormatOptions {
  return signed === true ? { signDisplay: 'exceptZero' } : { signDisplay: 'negative' };
}

/** Decimals of a currency; codes that Intl does not know (some coins) get two. */
export function currencyDigits(currency: string): number {
  try {
    return formatFor('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export interface MoneyOptions {
  readonly currency: string;
  /** `symbol` where the view has one currency, `code` where it may have several, `none` where the column's header says it. */
  readonly unit: 'symbol' | 'code' | 'none';
  readonly signed?: boolean | undefined;
  /** 1.28M: only for axes, tiles and phone heads. */
  readonly compact?: boolean | undefined;
}

/** Money as parts, so that the fraction of a large figure and the code can be quieter than the rest. */
export function moneyParts(text: string, style: FigureStyle, options: MoneyOptions): FigurePart[] {
  const digits = currencyDigits(options.currency);
  const known = /^[A-Z]{3}$/.test(options.currency);
  const size: Intl.NumberFormatOptions =
    options.compact === true
      ? { notation: 'compact', maximumSignificantDigits: 3 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const currency: Intl.NumberFormatOptions =
    options.unit === 'symbol' && known ? { style: 'currency', currency: options.currency, currencyDisplay: 'symbol' } : {};
  const raw = partsOf(text, style.locale, { ...size, ...currency, ...signOption(options.signed) });
  const parts = raw.map((part): FigurePart => ({
    kind: part.type === 'fraction' || part.type === 'decimal' ? 'fraction' : 'whole',
    text: part.value,
  }));
  if (options.unit === 'none' || (options.unit === 'symbol' && known)) return parts;
  return [...parts, { kind: 'code', text: `\u00A0${options.currency}` }];
}

export function formatMoney(text: string, style: FigureStyle, options: MoneyOptions): string {
  return moneyParts(text, style, options)
    .map((part) => part.text)
    .join('');
}

/**
 * Decimals of a price: those of the tick where it is known (none when it is whole, else at least two). Without a tick at least as
 * many as the currency has, at most four, below 1 at most eight.
 */
export function priceDigits(text: string, tickSize?: string | null, currency?: string): number {
  if (tickSize !== undefined && tickSize !== null && isDecimalText(tickSize)) {
    const digits = significantDecimals(tickSize);
    return digits === 0 ? 0 : Math.max(2, digits);
  }
  const least = currency === undefined ? 2 : currencyDigits(currency);
  return Math.min(Math.max(least, significantDecimals(text)), isBelowOne(text) ? 8 : 4);
}

export function formatPrice(
  text: string,
  style: FigureStyle,
  options: {
    readonly tickSize?: string | null | undefined;
    readonly currency?: string | undefined;
    readonly digits?: number | undefined;
    readonly signed?: boolean | undefined;
  } = {},
): string {
  const digits = options.digits ?? priceDigits(text, options.tickSize, options.currency);
  return join(partsOf(text, style.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...signOption(options.signed) }));
}

/** Up to eight decimals, none for show. */
export function formatQuantity(text: string, style: FigureStyle): string {
  return join(partsOf(text, style.locale, { maximumFractionDigits: 8, ...signOption(false) }));
}

/** `value` counts in percent: 5 is 5 %. Two decimals by default, none from 1,000 % on. */
export function formatPercent(
  value: number | string,
  style: FigureStyle,
  options: { readonly digits?: number | undefined; readonly signed?: boolean | undefined } = {},
): string {
  const digits = Math.abs(Number(value)) >= 1000 ? 0 : (options.digits ?? 2);
  return join(
    partsOf(String(value), style.locale, {
      style: 'unit',
      unit: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...signOption(options.signed),
    }),
  );
}

/** A difference of percentages, without a unit: one decimal, as weights have. */
export function formatPoints(value: number, style: FigureStyle): string {
  return join(partsOf(plainNumber(value), style.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, ...signOption(true) }));
}

/** For counts of rows, shares of volume and the like, where a number is a number. */
export function formatCount(value: number | string, style: FigureStyle, compact = false): string {
  const options: Intl.NumberFormatOptions = compact
    ? { notation: 'compact', maximumSignificantDigits: 3 }
    : { maximumFractionDigits: 2, ...signOption(false) };
  return join(partsOf(String(value), style.locale, options));
}

/**
 * Weights that add up to 100.0: each is cut to tenths of a percent and the missing tenths go to the largest remainders.
 * Takes fractions that sum to 1 (a sum below 1, with parts left out, is kept). Answers percent.
 */
export function roundedWeights(fractions: readonly number[]): number[] {
  const tenths = fractions.map((fraction) => fraction * 1000);
  const floors = tenths.map((value) => Math.floor(value + 1e-9));
  const target = Math.round(tenths.reduce((sum, value) => sum + value, 0));
  let missing = target - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = tenths
    .map((value, index) => ({ index, remainder: value - (floors[index] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    missing -= 1;
  }
  return floors.map((value) => value / 10);
}

/** A statistic is a number; as plain decimal text, without an exponent, it goes where prices go. Six decimals are more than any shows. */
export function plainNumber(value: number): string {
  return Number.isFinite(value) ? value.toFixed(6) : '0';
}
