/** Figures, days and instants as people read them, in the user's language. Exact values are rounded for reading, half-even. */
import { decimal, formatDecimal, isZero, minorUnits, roundTo } from '@holdfast/engine/money';
import type { Cell, CellKind } from '../document/report-document.ts';

export interface FigureText {
  /** A cell; empty for null. Money and prices without their currency. */
  cell(value: Cell, of: { readonly kind: CellKind; readonly currency?: string | undefined; readonly signed?: true | undefined }): string;
  day(text: string): string;
  instant(at: number): string;
  /** Coarse, for an axis. */
  axis(value: number, unit: 'money' | 'fraction'): string;
}

const QUANTITY_DECIMALS = 10;
const PRICE_DECIMALS = 6;
/** Digits that every font has. */
const NUMBERING = { numberingSystem: 'latn' } as const;

export function figureText(locale: string, timeZone: string): FigureText {
  const numbers = new Map<string, Intl.NumberFormat>();
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC', ...NUMBERING });
  const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone, ...NUMBERING });
  const numberFormat = (least: number, most: number): Intl.NumberFormat => {
    const key = `${least} ${most}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      roundingMode: 'halfEven',
      ...NUMBERING,
    });
    numbers.set(key, made);
    return made;
  };
  const exact = (text: string, { least, most, signed }: Decimals): string => {
    // Rounded first: what rounds to nothing has no sign.
    const rounded = roundTo(decimal(text), most);
    const shown = numberFormat(least, most).format(formatDecimal(rounded) as `${number}`);
    return withSign(shown, signed === true && !isZero(rounded));
  };
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1, ...NUMBERING });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, ...NUMBERING });
  const fraction = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'negative',
    ...NUMBERING,
  });
  const dayText = (text: string): string => days.format(new Date(`${text}T00:00:00Z`));
  return {
    day: dayText,
    instant: (at) => instants.format(at),
    axis: (value, unit) => withSign((unit === 'money' ? compact : percent).format(value), false),
    cell(value, { kind, currency, signed }) {
      if (value === null) return '';
      if (typeof value === 'string') {
        if (kind === 'text') return value;
        if (kind === 'day') return dayText(value);
        const units = currency === undefined ? 2 : minorUnits(currency);
        if (kind === 'money') return exact(value, { least: units, most: units, signed });
        if (kind === 'price') return exact(value, { least: units, most: Math.max(units, PRICE_DECIMALS) });
        return exact(value, { least: 0, most: QUANTITY_DECIMALS });
      }
      if (kind === 'instant') return instants.format(value);
      if (kind === 'fraction') return withSign(fraction.format(value), signed === true && Math.abs(value) >= 0.00005);
      return withSign(numberFormat(0, 4).format(value), false);
    },
  };
}

interface Decimals {
  readonly least: number;
  readonly most: number;
  readonly signed?: true | undefined;
}

/** With the minus of typography, and a plus where the sign is the message. */
function withSign(text: string, signed: boolean): string {
  if (text.startsWith('-')) return `−${text.slice(1)}`;
  return signed && !text.startsWith('−') ? `+${text}` : text;
}
