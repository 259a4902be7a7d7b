import * as contract from '@holdfast/contract/watchlists';
import { page, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { addItems } from './add-items.ts';
import type { AddItemsNeeds } from './add-items.ts';
import { changeItem, removeItem } from './change-item.ts';
import { changeWatchlist, copyWatchlist, createWatchlist, deleteWatchlist } from './change-watchlists.ts';
import type { WatchlistNeeds } from './change-watchlists.ts';
import { getItem, getWatchlist, listItems } from './list-items.ts';
import type { ItemReader } from './list-items.ts';
import { findWatchlists } from './watchlist-store.ts';
import { describeWatchlist } from './watchlist.ts';

export type WatchlistRouteNeeds = WatchlistNeeds & AddItemsNeeds & ItemReader;

export function bindWatchlistRoutes(context: ServeContext, needs: WatchlistRouteNeeds): void {
  serve(context, contract.listWatchlists, async ({ caller, query: { limit = 50, cursor } }) => {
    const place = (text: string): boolean => /^\d{1,9}$/.test(text);
    const after = readCursor('watchlists', cursor, [place])?.[0];
    const lists = await findWatchlists(needs.db, caller.userId);
    const rest = lists.slice(after === undefined ? 0 : parseInt(after, 10) + 1);
    return page(rest, limit, { item: describeWatchlist, cursor: ({ position }) => writeCursor('watchlists', [String(position)]) });
  });
  serve(context, contract.createWatchlist, async ({ caller, body }) =>
    describeWatchlist(await createWatchlist(needs, caller.userId, body)),
  );
  serve(context, contract.getWatchlist, ({ caller, params }) => getWatchlist(needs, caller.userId, params.id));
  serve(context, contract.changeWatchlist, async ({ caller, params, body }) =>
    describeWatchlist(await changeWatchlist(needs, caller.userId, { id: params.id, change: body })),
  );
  serve(context, contract.deleteWatchlist, async ({ caller, params }) => {
    await deleteWatchlist(needs, caller.userId, params.id);
    return undefined;
  });
  serve(context, contract.copyWatchlist, async ({ caller, params, body }) =>
    describeWatchlist(await copyWatchlist(needs, caller.userId, { id: params.id, name: body.name })),
  );
  bindItemRoutes(context, needs);
}

function bindItemRoutes(context: ServeContext, needs: WatchlistRouteNeeds): void {
  serve(context, contract.listWatchlistItems, ({ caller, params, query }) => listItems(needs, caller.userId, { ...params, ...query }));
  serve(context, contract.addWatchlistItems, async ({ caller, params, body }) => ({
    items: [...(await addItems(needs, caller.userId, { listId: params.id, items: body.items }))],
  }));
  serve(context, contract.getWatchlistItem, ({ caller, params }) => getItem(needs, caller.userId, params));
  serve(context, contract.changeWatchlistItem, async ({ caller, params, body }) => {
    await changeItem(needs, caller.userId, { ...params, change: body });
    return getItem(needs, caller.userId, params);
  });
  serve(context, contract.removeWatchlistItem, async ({ caller, params }) => {
    await removeItem(needs, caller.userId, params);
    return undefined;
  });
}
