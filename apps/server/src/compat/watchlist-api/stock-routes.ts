import * as contract from '@holdfast/contract/watchlist-api';
import type { BodyOf } from '@holdfast/contract';
import { findExchange } from '@holdfast/engine/instruments';
import { createInstrument, createInstrumentPages, symbolOf, updateInstrument } from '../../features/instruments/index.ts';
import type { Instrument, Instruments, InstrumentQuery } from '../../features/instruments/index.ts';
import { Answer, notFound, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { enveloped, envelopedPage } from './envelope.ts';
import { stockOf } from './stock-json.ts';

export function bindStockRoutes(context: ServeContext, { instruments }: { readonly instruments: Instruments }): void {
  const { db, clock } = context;
  const { book } = instruments;
  const writer = { db, clock, instruments };
  const pages = createInstrumentPages(book);

  const answerPage = (path: string, userId: string, asked: InstrumentQuery & { readonly rest: Readonly<Record<string, string>> }) => {
    const { rest, ...query } = asked;
    const { items, nextCursor } = pages(userId, query);
    const size = query.limit === undefined ? {} : { page_size: String(query.limit) };
    const next = nextCursor === null ? null : `${path}?${new URLSearchParams({ ...rest, ...size, cursor: nextCursor }).toString()}`;
    return envelopedPage(items.map(stockOf), next);
  };
  const publicStock = (id: string): Instrument => {
    const found = book.byId(id);
    if (found === null || found.ownerId !== null) throw notFound('stock');
    return found;
  };

  serve(context, contract.listStocks, ({ caller, query: { exchange, page_size: limit, cursor } }) =>
    answerPage('/api/v1/stocks/stocks/', caller.userId, {
      ...(exchange === undefined ? {} : { exchange }),
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
      rest: exchange === undefined ? {} : { exchange },
    }),
  );

  serve(context, contract.searchStocks, async ({ caller, query: { query: search, page_size: limit, cursor } }) => {
    const asked = {
      search,
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
      rest: { query: search },
    };
    const page = answerPage('/api/v1/stocks/stocks/search/', caller.userId, asked);
    // A symbol that only a provider knows is looked up and kept.
    if (page.data.length > 0 || cursor !== undefined || (await instruments.find(search, caller.userId)) === null) return page;
    return answerPage('/api/v1/stocks/stocks/search/', caller.userId, asked);
  });

  serve(context, contract.listStockExchanges, () => {
    const listed = book.listPublic().flatMap(({ exchange, status }) => (exchange === null || status !== 'active' ? [] : [exchange]));
    return envelopedPage([...new Set(listed)].sort());
  });

  serve(context, contract.getStock, ({ caller, params }) => {
    const found = book.byId(params.id);
    if (found === null || (found.ownerId !== null && found.ownerId !== caller.userId)) throw notFound('stock');
    return enveloped(stockOf(found));
  });

  serve(context, contract.createStock, async (ask) => {
    return new Answer(201, enveloped(stockOf(await createInstrument(writer, ask, newStock(ask.body)))));
  });

  serve(context, contract.changeStock, async (ask) => {
    const { name, is_active: isActive } = ask.body;
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(isActive === undefined ? {} : { status: isActive ? ('active' as const) : ('inactive' as const) }),
    };
    return enveloped(stockOf(await updateInstrument(writer, ask, { symbol: symbolOf(publicStock(ask.params.id)), change })));
  });

  serve(context, contract.deactivateStock, async (ask) => {
    const symbol = symbolOf(publicStock(ask.params.id));
    return enveloped(stockOf(await updateInstrument(writer, ask, { symbol, change: { status: 'inactive' } })));
  });
}

function newStock({ symbol, name, exchange, currency }: BodyOf<typeof contract.createStock>) {
  const listed = exchange === undefined ? null : findExchange(exchange);
  return {
    symbol,
    name,
    assetClass: 'stock' as const,
    currency: currency ?? listed?.currency ?? 'USD',
    ...(exchange === undefined ? {} : { exchange: listed?.code ?? exchange }),
    private: false,
  };
}
