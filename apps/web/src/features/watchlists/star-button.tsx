import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconButton } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';
import { watchlistQuery, watchlistsKey, watchlistsQuery } from './watchlist-queries.ts';
import './watchlists.css';

/** Puts an instrument on the default watchlist, or takes it off; makes the list where there is none yet. */
export function StarButton({ symbol }: { readonly symbol: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: lists } = useQuery(watchlistsQuery);
  const chosen = lists?.find(({ isDefault }) => isDefault);
  const { data: list } = useQuery({ ...watchlistQuery(chosen?.id ?? ''), enabled: chosen !== undefined });
  const isWatched = list?.items.some((item) => item.symbol === symbol) === true;
  const ready = lists !== undefined && (chosen === undefined || list !== undefined);
  const toggle = useMutation({
    mutationFn: async () => {
      if (isWatched && chosen !== undefined) {
        await api.watchlists.removeItem(chosen.id, symbol);
        return null;
      }
      const into = chosen ?? (await api.watchlists.create({ name: t('watch.firstName') }, newKey()));
      await api.watchlists.addItems(into.id, [{ symbol }], newKey());
      return into.name;
    },
    onSuccess: async (name) => {
      showToast({ look: 'ok', text: name === null ? t('watch.removed', { symbol }) : t('watch.starred', { symbol, list: name }) });
      await client.invalidateQueries({ queryKey: watchlistsKey });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
  return (
    <span className="star-button-frame">
      <IconButton
        icon="star"
        label={isWatched ? t('watch.unstar', { symbol }) : t('watch.star', { symbol })}
        aria-pressed={isWatched}
        disabled={!ready}
        onClick={() => {
          if (!toggle.isPending) toggle.mutate();
        }}
      />
    </span>
  );
}
