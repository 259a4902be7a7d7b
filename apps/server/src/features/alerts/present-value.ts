import { formatDecimal } from '@holdfast/engine/money';
import type { QuoteBoard } from '../quotes/index.ts';
import { parametersOf } from './alert.ts';
import type { AlertRow } from './alert.ts';

const WATCHES_PRICE: ReadonlySet<string> = new Set(['priceAbove', 'priceBelow', 'crosses', 'crossesUp', 'crossesDown']);

/** What the watched series stands at, where that is the price: a crossing counts from there. */
export function presentValue(
  quotes: Pick<QuoteBoard, 'quoteOf'>,
  row: Pick<AlertRow, 'condition' | 'instrument_key' | 'parameters'>,
): string | null {
  if (row.instrument_key === null) return null;
  const { reference } = parametersOf(row);
  if (!WATCHES_PRICE.has(row.condition) && reference === undefined) return null;
  const quote = quotes.quoteOf(row.instrument_key);
  return quote === null ? null : formatDecimal(quote.last);
}
