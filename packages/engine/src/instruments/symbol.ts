import { findExchange } from './exchange.ts';

/** A symbol as it was written: `exchange` is null for the primary listing. */
export interface ListedSymbol {
  readonly symbol: string;
  readonly exchange: string | null;
}

const LONGEST_SYMBOL = 32;
const SYMBOL = /^[A-Z0-9^][A-Z0-9.\-&=^_]*$/;

/**
 * Reads "aapl" as AAPL's primary listing and "SAP.XETRA" (or a vendor's "SAP.DE") as SAP on XETRA. A last part that is no exchange
 * belongs to the symbol: "BRK.B" is a share class. Null for what is no symbol: empty, over 32 characters, or with other signs than
 * letters, digits and `. - & = ^ _`.
 */
export function parseSymbol(text: string): ListedSymbol | null {
  const written = text.trim().toUpperCase();
  if (written.length > LONGEST_SYMBOL || !SYMBOL.test(written)) return null;
  const point = written.lastIndexOf('.');
  if (point <= 0) return { symbol: written, exchange: null };
  const exchange = findExchange(written.slice(point + 1));
  return exchange === null ? { symbol: written, exchange: null } : { symbol: written.slice(0, point), exchange: exchange.code };
}

/** The one spelling of a listing: `parseSymbol` reads it back to the same. */
export function formatSymbol({ symbol, exchange }: ListedSymbol): string {
  return exchange === null ? symbol : `${symbol}.${exchange}`;
}

/** The listing in its one spelling ("sap.de" becomes "SAP.XETRA"), or null for what is no symbol. */
export function normalizeSymbol(text: string): string | null {
  const listed = parseSymbol(text);
  return listed === null ? null : formatSymbol(listed);
}
