import type { CurrencyCode } from '../money/index.ts';

/** A place where instruments are listed. `suffixes` are how data vendors mark it after a symbol ("SAP.DE"). */
export interface Exchange {
  readonly code: string;
  readonly name: string;
  readonly country: string | null;
  readonly currency: CurrencyCode;
  readonly suffixes: readonly string[];
}

type Row = readonly [code: string, name: string, country: string | null, currency: CurrencyCode, suffixes: string];

/** One-letter suffixes stay out where a United States share class would be read as one (A, B, C). */
const ROWS: readonly Row[] = [
  ['NYSE', 'New York Stock Exchange', 'US', 'USD', 'XNYS'],
  ['NASDAQ', 'Nasdaq Stock Market', 'US', 'USD', 'XNAS'],
  ['ARCA', 'NYSE Arca', 'US', 'USD', 'ARCX'],
  ['CBOE', 'Cboe BZX Exchange', 'US', 'USD', 'BATS'],
  ['OTC', 'Over the counter, United States', 'US', 'USD', 'OTCM'],
  ['LSE', 'London Stock Exchange', 'GB', 'GBP', 'L XLON'],
  ['XETRA', 'Xetra, Frankfurt', 'DE', 'EUR', 'DE XETR'],
  ['TSE', 'Tokyo Stock Exchange', 'JP', 'JPY', 'T XTKS TYO'],
  ['NSE', 'National Stock Exchange of India', 'IN', 'INR', 'NS XNSE'],
  ['NFO', 'National Stock Exchange of India, derivatives', 'IN', 'INR', ''],
  ['CDS', 'National Stock Exchange of India, currencies', 'IN', 'INR', ''],
  ['BSE', 'BSE, Mumbai', 'IN', 'INR', 'BO XBOM'],
  ['BFO', 'BSE, derivatives', 'IN', 'INR', ''],
  ['MCX', 'Multi Commodity Exchange of India', 'IN', 'INR', ''],
  ['CRYPTO', 'Crypto currency trading venues', null, 'USD', 'CC'],
  ['FX', 'Foreign exchange between banks', null, 'USD', 'FOREX'],
];

const EXCHANGES: readonly Exchange[] = ROWS.map(([code, name, country, currency, suffixes]) =>
  Object.freeze({ code, name, country, currency, suffixes: Object.freeze(suffixes.split(' ').filter((suffix) => suffix !== '')) }),
);

const BY_NAME: ReadonlyMap<string, Exchange> = new Map(
  EXCHANGES.flatMap((exchange) => [exchange.code, ...exchange.suffixes].map((name) => [name, exchange] as const)),
);

/** The exchange of a code or a vendor's suffix, in any case, or null. */
export function findExchange(codeOrSuffix: string): Exchange | null {
  return BY_NAME.get(codeOrSuffix.toUpperCase()) ?? null;
}

export function listExchanges(): readonly Exchange[] {
  return EXCHANGES;
}
