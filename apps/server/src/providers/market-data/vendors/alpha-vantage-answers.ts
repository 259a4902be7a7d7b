/** What Alpha Vantage answers (https://www.alphavantage.co/documentation/), as far as it is used here. Figures are texts. */
import { Type } from 'typebox';
import type { Static } from 'typebox';

const Text = Type.String({ maxLength: 400 });

const QuoteBody = Type.Object({
  '02. open': Text,
  '03. high': Text,
  '04. low': Text,
  '05. price': Text,
  '06. volume': Text,
  '07. latest trading day': Text,
  '08. previous close': Text,
});
export type QuoteFigures = Static<typeof QuoteBody>;
/** A symbol that it does not know is answered with nothing in it. */
export const Quote = Type.Object({ 'Global Quote': Type.Union([QuoteBody, Type.Object({}, { additionalProperties: false })]) });

const BarBody = Type.Object({ '1. open': Text, '2. high': Text, '3. low': Text, '4. close': Text, '5. volume': Text });
export type BarFigures = Static<typeof BarBody>;
export const DailySeries = Type.Object({ 'Time Series (Daily)': Type.Record(Type.String(), BarBody) });

const Minutes = Type.Record(Type.String(), BarBody);
/** https://www.alphavantage.co/documentation/#intraday: the series is named for its interval. */
export function intradaySeries(name: string) {
  return Type.Object({ [name]: Minutes });
}

const MatchBody = Type.Object({ '1. symbol': Text, '2. name': Text, '3. type': Text, '4. region': Text, '8. currency': Text });
export type Match = Static<typeof MatchBody>;
export const Search = Type.Object({ bestMatches: Type.Array(MatchBody) });

const OverviewBody = Type.Object({
  Symbol: Text,
  AssetType: Text,
  Name: Text,
  Exchange: Text,
  Currency: Text,
  Country: Text,
  Sector: Text,
});
export type OverviewFigures = Static<typeof OverviewBody>;
export const Overview = Type.Union([OverviewBody, Type.Object({}, { additionalProperties: false })]);

const SplitBody = Type.Object({ effective_date: Text, split_factor: Text });
export type SplitRow = Static<typeof SplitBody>;
export const Splits = Type.Object({ data: Type.Array(SplitBody) });

const DividendBody = Type.Object({ ex_dividend_date: Text, payment_date: Text, amount: Text });
export type DividendRow = Static<typeof DividendBody>;
export const Dividends = Type.Object({ data: Type.Array(DividendBody) });

export const ExchangeRates = Type.Object({ 'Time Series FX (Daily)': Type.Record(Type.String(), Type.Object({ '4. close': Text })) });

/** The sentence it answers instead of data, and under which name; null when there is none. */
export function saidInstead(body: unknown): { readonly field: string; readonly text: string } | null {
  if (typeof body !== 'object' || body === null) return null;
  for (const field of ['Note', 'Information', 'Error Message'] as const) {
    const text = field in body ? (body as Readonly<Record<string, unknown>>)[field] : undefined;
    if (typeof text === 'string') return { field, text };
  }
  return null;
}
