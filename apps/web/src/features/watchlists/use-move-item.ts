import type { WatchlistWithItems } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';
import { movedTo } from './moved-to.ts';
import { watchlistQuery } from './watchlist-queries.ts';

export interface MoveItem {
  /** Shows the item at the place, without telling the server: while it is dragged. */
  preview(symbol: string, place: number): void;
  /** Puts the item at the place for good. */
  commit(symbol: string, place: number): void;
  /** What was done last, for screen readers. */
  readonly said: string;
}

/** Moves items of a list: what is shown changes at once, and back when the server refuses. */
export function useMoveItem(listId: string): MoveItem {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { queryKey } = watchlistQuery(listId);
  const [said, setSaid] = useState('');
  const show = (symbol: string, place: number): void => {
    client.setQueryData(queryKey, (list: WatchlistWithItems | undefined) => {
      const item = list?.items.find((each) => each.symbol === symbol);
      if (list === undefined || item === undefined) return list;
      return { ...list, items: movedTo(list.items, item, place).map((each, position) => ({ ...each, position })) };
    });
  };
  const move = useMutation({
    mutationFn: ({ symbol, place }: { readonly symbol: string; readonly place: number }) =>
      api.watchlists.changeItem(listId, symbol, { position: place }),
    onMutate: async () => client.cancelQueries({ queryKey }),
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
    onSettled: async () => client.invalidateQueries({ queryKey }),
  });
  return {
    preview: show,
    commit(symbol, place) {
      const count = client.getQueryData(queryKey)?.items.length ?? 0;
      const within = Math.max(0, Math.min(place, count - 1));
      show(symbol, within);
      setSaid(t('watch.moved', { symbol, place: within + 1, count }));
      move.mutate({ symbol, place: within });
    },
    said,
  };
}
