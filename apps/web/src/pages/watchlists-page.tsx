import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ListForm } from '../features/watchlists/list-form.tsx';
import { PlanNotice } from '../features/watchlists/plan-notice.tsx';
import { watchlistsQuery } from '../features/watchlists/watchlist-queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';
import { EmptyState, Loaded, LoadingState } from '../ui/states.tsx';

/** Leads to the default list; who has none makes the first one here. */
export function WatchlistsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useQuery(watchlistsQuery);
  useTitle(t('nav.watchlists'));
  const first = query.data?.find(({ isDefault }) => isDefault)?.id;
  useEffect(() => {
    if (first !== undefined) void navigate({ to: '/watchlists/$listId', params: { listId: first }, replace: true });
  }, [first, navigate]);
  return (
    <div className="page">
      <div>
        <h1>{t('nav.watchlists')}</h1>
        <p className="muted">{t('watch.lead')}</p>
      </div>
      <Loaded query={query} height={240}>
        {(lists) =>
          lists.length > 0 ? (
            <LoadingState height={240} />
          ) : (
            <section className="card" aria-label={t('watch.newList')}>
              <EmptyState icon="star" title={t('watch.none')}>
                {t('watch.noneText')}
              </EmptyState>
              <PlanNotice used={0} />
              <ListForm
                onDone={({ id }) => {
                  void navigate({ to: '/watchlists/$listId', params: { listId: id } });
                }}
              />
            </section>
          )
        }
      </Loaded>
    </div>
  );
}
