/** Watchlists as seed 004 has them. */
import * as contract from '@holdfast/contract/watchlist-api';
import { getInstrument } from '../../features/instruments/index.ts';
import {
  addItems,
  changeWatchlist,
  createWatchlist,
  deleteWatchlist,
  findWatchlists,
  ownWatchlist,
  removeItem,
} from '../../features/watchlists/index.ts';
import type { AddItemsNeeds, ItemReader, Watchlist, WatchlistNeeds } from '../../features/watchlists/index.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, Answer, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { enveloped, envelopedPage } from './envelope.ts';
import { nextPage } from './next-page.ts';
import { setThresholds } from './thresholds.ts';
import type { ThresholdNeeds } from './thresholds.ts';
import { watchedStocks } from './watched-stocks.ts';

export interface WatchDoorNeeds extends WatchlistNeeds, AddItemsNeeds, Pick<ItemReader, 'book'> {
  readonly alerts: ThresholdNeeds;
}

const PATH = '/api/v1/watchlists/watchlists/';
const LIST = 'stock watchlists';

export function bindWatchDoor(context: ServeContext, needs: WatchDoorNeeds): void {
  const { db } = needs;

  serve(context, contract.listStockWatchlists, async ({ caller, query: { page_size: pageSize, cursor } }) => {
    const place = (text: string): boolean => /^\d{1,9}$/.test(text);
    const after = readCursor(LIST, cursor, [place])?.[0];
    const rest = (await findWatchlists(db, caller.userId)).slice(after === undefined ? 0 : parseInt(after, 10) + 1);
    const page = rest.slice(0, pageSize ?? 50);
    const last = page.at(-1);
    const next = last === undefined || page.length === rest.length ? null : writeCursor(LIST, [String(last.position)]);
    return envelopedPage(page.map(listOf), nextPage(PATH, pageSize, next));
  });

  serve(context, contract.createStockWatchlist, async ({ caller, body }) => {
    const { name, description, is_default: isDefault } = body;
    const asked = { name, ...(description === undefined ? {} : { note: description }), ...(isDefault === undefined ? {} : { isDefault }) };
    return new Answer(201, enveloped(listOf(await createWatchlist(needs, caller.userId, asked))));
  });

  serve(context, contract.getStockWatchlist, async ({ caller, params }) =>
    enveloped(listOf(await ownWatchlist(db, caller.userId, params.id))),
  );

  for (const route of [contract.replaceStockWatchlist, contract.changeStockWatchlist] as const)
    serve(context, route, async ({ caller, params, body }) => {
      const change = {
        ...(body.name === undefined ? {} : { name: body.name }),
        ...(body.description === undefined ? {} : { note: body.description }),
        ...(body.is_default === true ? { isDefault: true as const } : {}),
      };
      return enveloped(listOf(await changeWatchlist(needs, caller.userId, { id: params.id, change })));
    });

  serve(context, contract.deleteStockWatchlist, async ({ caller, params }) => {
    await deleteWatchlist(needs, caller.userId, params.id);
    return undefined;
  });

  bindStocksOf(context, needs);
}

function bindStocksOf(context: ServeContext, needs: WatchDoorNeeds): void {
  const { db, instruments } = needs;

  serve(context, contract.listWatchedStocks, async ({ caller, params }) =>
    envelopedPage(await watchedStocks(needs, caller.userId, params.id)),
  );

  serve(context, contract.addWatchedStock, async ({ caller, params, body }) => {
    const { userId } = caller;
    await ownWatchlist(db, userId, params.id);
    // Looked up before the transaction: a provider may be asked.
    const { key, status, name } = await getInstrument(instruments, userId, body.stock_symbol);
    if (status === 'inactive') throw new AppError('instrument_inactive', `${name} is no longer traded here.`);
    // Watched and told at its thresholds, or neither.
    return transact(db, async () => {
      const [outcome] = await addItems(needs, userId, { listId: params.id, items: [{ symbol: body.stock_symbol }] });
      if (outcome?.outcome === 'listFull') throw new AppError('conflict', outcome.detail ?? 'The watchlist is full.');
      if (body.alert_thresholds !== undefined)
        await setThresholds(needs.alerts, caller, { symbol: body.stock_symbol, thresholds: body.alert_thresholds });
      const item = (await watchedStocks(needs, userId, params.id)).find(({ stock }) => stock.id === needs.book.byKey(key)?.id);
      if (item === undefined) throw new Error('The stock just watched cannot be found.');
      return new Answer(201, enveloped(item));
    });
  });

  serve(context, contract.removeWatchedStock, async ({ caller, params, query }) => {
    await removeItem(needs, caller.userId, { id: params.id, symbol: query.symbol });
    return undefined;
  });

  serve(context, contract.addWatchedStocks, async ({ caller, params, body }) => {
    const items = body.stock_symbols.map((symbol) => ({ symbol }));
    const outcomes = await addItems(needs, caller.userId, { listId: params.id, items });
    const reasonOf = (outcome: string): string => outcome.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return enveloped({
      added: outcomes.flatMap(({ symbol, outcome }) => (outcome === 'added' ? [symbol] : [])),
      skipped: outcomes.flatMap(({ symbol, outcome, detail }) =>
        outcome === 'added' ? [] : [{ stock_symbol: symbol, reason: reasonOf(outcome), detail }],
      ),
    });
  });
}

function listOf({ id, name, note, isDefault, itemCount, createdAt, updatedAt }: Watchlist) {
  const instants = { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
  return { id, name, description: note, is_default: isDefault, item_count: itemCount, ...instants };
}
