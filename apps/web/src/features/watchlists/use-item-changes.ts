import type { WatchlistItem, WatchlistItemChange } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';
import { watchlistsKey } from './watchlist-queries.ts';

/** Changes an item, or takes it off its list with a way back. `onDone` comes after either. */
export function useItemChanges(listId: string, item: WatchlistItem, onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refresh = async () => client.invalidateQueries({ queryKey: watchlistsKey });
  const save = useMutation({
    mutationFn: (change: WatchlistItemChange) => api.watchlists.changeItem(listId, item.symbol, change),
    onSuccess: async () => {
      onDone();
      await refresh();
    },
  });
  const undo = (): void => {
    putBack(listId, item)
      .then(refresh)
      .catch((error: unknown) => {
        showToast({ look: 'danger', text: describeError(error, t).detail });
      });
  };
  const remove = useMutation({
    mutationFn: () => api.watchlists.removeItem(listId, item.symbol),
    onSuccess: async () => {
      onDone();
      const text = t('watch.removed', { symbol: item.symbol });
      showToast({ look: 'ok', text, action: { label: t('action.undo'), run: undo } });
      await refresh();
    },
  });
  return { save, remove };
}

/** As it was, at the place where it was. */
async function putBack(listId: string, { symbol, note, targetPrice, position }: WatchlistItem): Promise<void> {
  await api.watchlists.addItems(listId, [{ symbol, note, targetPrice }], newKey());
  await api.watchlists.changeItem(listId, symbol, { position });
}
