import type { Watchlist, WatchlistChange, WatchlistWithItems } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';
import { watchlistQuery, watchlistsKey } from './watchlist-queries.ts';

interface Ways {
  readonly onClose: () => void;
  /** Leads to another list, or to the page of all where null. */
  readonly onLeave: (id: string | null) => void;
}

/** Changes, copies and deletes a watchlist; a deleted one can be brought back. */
export function useListChanges(list: Watchlist, { onClose, onLeave }: Ways) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const refresh = async () => client.invalidateQueries({ queryKey: watchlistsKey });
  const change = useMutation({ mutationFn: (wanted: WatchlistChange) => api.watchlists.change(list.id, wanted), onSuccess: refresh });
  const copy = useMutation({
    mutationFn: () => api.watchlists.copy(list.id, t('watch.copyName', { name: list.name }), key),
    onSuccess: async (made) => {
      showToast({ look: 'ok', text: t('watch.copied', { name: made.name }) });
      onClose();
      await refresh();
      onLeave(made.id);
    },
  });
  const undo = async (whole: WatchlistWithItems): Promise<void> => {
    const id = await restore(whole);
    await refresh();
    onLeave(id);
    showToast({ look: 'ok', text: t('watch.restored', { name: whole.name }) });
  };
  const remove = useMutation({
    mutationFn: async () => {
      const whole = await client.fetchQuery(watchlistQuery(list.id));
      await api.watchlists.remove(list.id);
      return whole;
    },
    onSuccess: async (whole) => {
      onClose();
      onLeave(null);
      client.removeQueries({ queryKey: watchlistQuery(list.id).queryKey });
      await refresh();
      const run = (): void => {
        undo(whole).catch((error: unknown) => {
          showToast({ look: 'danger', text: describeError(error, t).detail });
        });
      };
      showToast({ look: 'ok', text: t('watch.deleted', { name: whole.name }), action: { label: t('action.undo'), run } });
    },
  });
  return { change, copy, remove };
}

const MOST_AT_ONCE = 200;

/** Makes a deleted list again, with its items, notes and targets, where it stood. */
async function restore({ name, note, isDefault, position, items }: WatchlistWithItems): Promise<string> {
  const { id } = await api.watchlists.create({ name, note, isDefault }, newKey());
  for (let from = 0; from < items.length; from += MOST_AT_ONCE) {
    const some = items
      .slice(from, from + MOST_AT_ONCE)
      .map(({ symbol, ...item }) => ({ symbol, note: item.note, targetPrice: item.targetPrice }));
    await api.watchlists.addItems(id, some, newKey());
  }
  await api.watchlists.change(id, { position });
  return id;
}
