/** Watchlists and alerts of an archive. What the plan or this server does not allow is left out and told. */
import type { AccountImport } from '@holdfast/contract/exports';
import { within } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { createAlert, deactivateAlert } from '../alerts/index.ts';
import type { AlertNeeds } from '../alerts/index.ts';
import { addItems, createWatchlist, findWatchlists } from '../watchlists/index.ts';
import type { AddItemsNeeds, WatchlistNeeds } from '../watchlists/index.ts';
import type { ArchivedAlert, ArchivedWatchlist } from './archive-shapes.ts';

type LeftOut = AccountImport['leftOut'];
/** What is left of an alert once what it does not say is gone. */
type Asked = Omit<Parameters<typeof createAlert>[2], 'condition'>;

export async function bringWatchlists(
  needs: WatchlistNeeds & AddItemsNeeds,
  { userId, leftOut }: { readonly userId: string; readonly leftOut: LeftOut },
  archived: readonly ArchivedWatchlist[],
): Promise<{ readonly watchlists: number; readonly watchlistItems: number; readonly listIds: ReadonlyMap<string, string> }> {
  const taken = new Set((await findWatchlists(within(needs.db), userId)).map(({ name }) => name.toLowerCase()));
  let [watchlists, watchlistItems] = [0, 0];
  const listIds = new Map<string, string>();
  for (const { name: wanted, note, items } of archived) {
    const name = freeName(wanted, taken);
    try {
      const { id } = await createWatchlist(needs, userId, { name, note });
      taken.add(name.toLowerCase());
      listIds.set(wanted, id);
      watchlists += 1;
      const asked = items.map((item) => ({ symbol: item.symbol, note: item.note, targetPrice: item.targetPrice }));
      for (const { symbol, outcome, detail } of await addItems(needs, userId, { listId: id, items: asked })) {
        if (outcome === 'added') watchlistItems += 1;
        else leftOut.push({ kind: 'watchlistItem', name: `${name}: ${symbol}`, reason: detail ?? outcome });
      }
    } catch (error) {
      // The plan is asked before anything is written.
      if (!(error instanceof AppError && error.code === 'plan_limit')) throw error;
      leftOut.push({ kind: 'watchlist', name, reason: error.message });
    }
  }
  return { watchlists, watchlistItems, listIds };
}

/** Those that had their answer, or were silent, come in silent. Portfolios are named by `portfolioIds`, watchlists by `listIds`. */
export async function bringAlerts(
  needs: AlertNeeds,
  {
    userId,
    leftOut,
    portfolioIds,
    listIds,
  }: {
    readonly userId: string;
    readonly leftOut: LeftOut;
    readonly portfolioIds: ReadonlyMap<string, string>;
    readonly listIds: ReadonlyMap<string, string>;
  },
  archived: readonly ArchivedAlert[],
): Promise<number> {
  let brought = 0;
  for (const { portfolioId: before, watchlistName = null, status, expiresAt, channels, ...asked } of archived) {
    const portfolioId = before === null ? null : portfolioIds.get(before);
    if (portfolioId === undefined) {
      leftOut.push({ kind: 'alert', name: asked.condition, reason: 'Its portfolio is not brought in.' });
      continue;
    }
    const watchlistId = watchlistName === null ? null : listIds.get(watchlistName);
    if (watchlistId === undefined) {
      leftOut.push({ kind: 'alert', name: asked.condition, reason: 'Its watchlist is not brought in.' });
      continue;
    }
    const isOver = expiresAt !== null && Date.parse(expiresAt) <= needs.clock.now();
    const given = { ...asked, portfolioId, watchlistId, expiresAt: isOver ? null : expiresAt };
    const input = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as Asked;
    const { id } = await createAlert(
      needs,
      { userId },
      { ...input, condition: asked.condition, ...(channels === undefined ? {} : { channels }) },
    );
    if (status !== 'active' || isOver) await deactivateAlert(needs, { userId }, id);
    brought += 1;
  }
  return brought;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted.slice(0, 90)} (${number})`;
    if (!taken.has(name.trim().toLowerCase())) return name;
  }
}
