/** What Twelve Data answers (https://twelvedata.com/docs), as far as it is used here. Figures are texts. */
import { Type } from 'typebox';
import { Check } from 'typebox/value';

const Text = Type.String({ maxLength: 400 });
const MaybeText = Type.Optional(Type.Union([Text, Type.Null()]));

export const Refusal = Type.Object({ code: Text, message: Text, status: Type.Literal('error') });

/** Whether it says that it does not know the symbol. */
export function isUnknown(body: unknown): boolean {
  return Check(Refusal, body) && (body.code === '404' || body.code === '400');
}

export const Quote = Type.Object({
  currency: MaybeText,
  datetime: Text,
  last_quote_at: MaybeText,
  open: MaybeText,
  high: MaybeText,
  low: MaybeText,
  close: Text,
  volume: MaybeText,
  previous_close: MaybeText,
});
/** One quote, or one by symbol where several were asked for. */
export const Quotes = Type.Record(Type.String(), Type.Unknown());

export const SeriesRow = Type.Object({ datetime: Text, open: Text, high: Text, low: Text, close: Text, volume: MaybeText });
export const Series = Type.Union([
  Type.Object({ meta: Type.Object({ currency: MaybeText }), values: Type.Array(SeriesRow), status: Type.Literal('ok') }),
  Refusal,
]);

export const SearchRow = Type.Object({
  symbol: Text,
  instrument_name: Text,
  exchange: Text,
  mic_code: MaybeText,
  instrument_type: Text,
  country: Text,
  currency: Text,
});
export const Search = Type.Object({ data: Type.Array(SearchRow) });

export const Splits = Type.Object({ splits: Type.Array(Type.Object({ date: Text, from_factor: Text, to_factor: Text })) });
export const Dividends = Type.Object({
  meta: Type.Optional(Type.Object({ currency: MaybeText })),
  dividends: Type.Array(Type.Object({ ex_date: Text, amount: Text })),
});
