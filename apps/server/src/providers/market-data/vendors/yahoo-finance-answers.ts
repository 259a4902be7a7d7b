/** What Yahoo Finance's chart and quote addresses answer, as far as it is used here. There is no official API. Figures are texts. */
import { Type } from 'typebox';
import type { Static } from 'typebox';

const Text = Type.String({ maxLength: 400 });
const MaybeText = Type.Optional(Type.Union([Text, Type.Null()]));
const column = Type.Array(Type.Union([Text, Type.Null()]));

const Meta = Type.Object({
  currency: MaybeText,
  symbol: Text,
  exchangeName: MaybeText,
  instrumentType: MaybeText,
  longName: MaybeText,
  shortName: MaybeText,
  regularMarketPrice: MaybeText,
  regularMarketTime: MaybeText,
  regularMarketDayHigh: MaybeText,
  regularMarketDayLow: MaybeText,
  regularMarketVolume: MaybeText,
  previousClose: MaybeText,
  chartPreviousClose: MaybeText,
  priceHint: MaybeText,
});
export type ChartMeta = Static<typeof Meta>;

const Figures = Type.Object({ open: column, high: column, low: column, close: column, volume: column });
export type ChartColumns = Static<typeof Figures>;
const Chart = Type.Object({
  meta: Meta,
  timestamp: Type.Optional(Type.Array(Text)),
  events: Type.Optional(
    Type.Object({
      dividends: Type.Optional(Type.Record(Type.String(), Type.Object({ amount: Text, date: Text }))),
      splits: Type.Optional(Type.Record(Type.String(), Type.Object({ date: Text, numerator: Text, denominator: Text }))),
    }),
  ),
  indicators: Type.Object({ quote: Type.Array(Type.Union([Figures, Type.Object({}, { additionalProperties: false })])) }),
});
export type ChartResult = Static<typeof Chart>;
export const ChartAnswer = Type.Object({ chart: Type.Object({ result: Type.Union([Type.Array(Chart, { maxItems: 1 }), Type.Null()]) }) });

const Quote = Type.Object({
  symbol: Text,
  currency: MaybeText,
  priceHint: MaybeText,
  regularMarketPrice: MaybeText,
  regularMarketTime: MaybeText,
  regularMarketOpen: MaybeText,
  regularMarketDayHigh: MaybeText,
  regularMarketDayLow: MaybeText,
  regularMarketPreviousClose: MaybeText,
  regularMarketVolume: MaybeText,
  bid: MaybeText,
  ask: MaybeText,
});
export type QuoteRow = Static<typeof Quote>;
export const QuoteAnswer = Type.Object({ quoteResponse: Type.Object({ result: Type.Array(Quote) }) });

const SearchRow = Type.Object({
  symbol: Text,
  longname: MaybeText,
  shortname: MaybeText,
  quoteType: Text,
  exchange: Text,
  sector: MaybeText,
});
export type SearchMatch = Static<typeof SearchRow>;
export const SearchAnswer = Type.Object({
  quotes: Type.Array(Type.Union([SearchRow, Type.Object({ isYahooFinance: Type.Literal(false) })])),
});
