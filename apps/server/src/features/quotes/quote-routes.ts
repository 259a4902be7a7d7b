import { putInstrumentPrices } from '@holdfast/contract/instruments';
import * as contract from '@holdfast/contract/quotes';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { Instruments } from '../instruments/index.ts';
import { getQuote, listQuotes } from './get-quote.ts';
import type { QuoteReader } from './get-quote.ts';
import { listExchangeRates } from './list-exchange-rates.ts';
import type { Quotes } from './open-quotes.ts';
import { putPrices } from './put-prices.ts';

export interface QuoteRoutesNeeds {
  readonly instruments: Instruments;
  readonly quotes: Quotes;
  readonly rates: ExchangeRates;
  readonly onRead: QuoteReader['onRead'];
}

export function bindQuoteRoutes(context: ServeContext, { instruments, quotes, rates, onRead }: QuoteRoutesNeeds): void {
  const atOnce = { ...context, scoped: false };
  const reader = { instruments, board: quotes.board, onRead };
  const writer = { db: context.db, clock: context.clock, instruments, corrected: quotes.corrected };
  serve(atOnce, contract.getQuote, ({ caller, params }) => getQuote(reader, caller?.userId, params.symbol));
  serve(atOnce, contract.listQuotes, ({ caller, query }) => listQuotes(reader, caller?.userId, query.symbols));
  serve(context, contract.listExchangeRates, ({ query }) => listExchangeRates(rates, query, context.clock.now()));
  serve(context, putInstrumentPrices, (ask) => putPrices(writer, ask, { symbol: ask.params.symbol, prices: ask.body.prices }));
}
