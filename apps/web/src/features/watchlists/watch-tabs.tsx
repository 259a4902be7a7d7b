import type { Watchlist } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import './watchlists.css';

/** All watchlists in their order, each with how much is on it. */
export function WatchTabs({ lists }: { readonly lists: readonly Watchlist[] }) {
  const { t } = useTranslation();
  return (
    <nav className="watch-tabs" aria-label={t('watch.lists')}>
      {lists.map((list) => (
        <Link key={list.id} to="/watchlists/$listId" params={{ listId: list.id }} activeOptions={{ includeSearch: false }}>
          {list.isDefault && (
            <>
              <Icon name="star" size={16} />
              <span className="sr-only">{t('watch.default')}</span>
            </>
          )}
          <span className="truncate">{list.name}</span>
          <Badge look="soft">
            <span aria-hidden="true">{list.itemCount}</span>
            <span className="sr-only">{t('watch.count', { count: list.itemCount })}</span>
          </Badge>
        </Link>
      ))}
    </nav>
  );
}
