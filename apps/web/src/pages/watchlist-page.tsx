import type { Watchlist, WatchlistItem, WatchlistWithItems } from '@holdfast/sdk';
import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { portfoliosQuery } from '../api/queries.ts';
import { NewAlertButton } from '../features/alerts/new-alert-button.tsx';
import { AddItems } from '../features/watchlists/add-items.tsx';
import { EditItem } from '../features/watchlists/edit-item.tsx';
import { ListForm } from '../features/watchlists/list-form.tsx';
import { ListSettings } from '../features/watchlists/list-settings.tsx';
import { PlanNotice, usePlanRoom } from '../features/watchlists/plan-notice.tsx';
import { WatchTabs } from '../features/watchlists/watch-tabs.tsx';
import { watchlistQuery, watchlistsQuery } from '../features/watchlists/watchlist-queries.ts';
import { OWN_ORDER, WATCH_COLUMNS, WatchlistTable } from '../features/watchlists/watchlist-table.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { watchlistRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState, Loaded } from '../ui/states.tsx';
import { readListView, writeListView } from '../ui/tables/list-view.ts';

export function WatchlistPage() {
  const { t } = useTranslation();
  const { listId } = watchlistRoute.useParams();
  const query = useQuery(watchlistQuery(listId));
  const { data: lists = [] } = useQuery(watchlistsQuery);
  useTitle(query.data?.name ?? t('nav.watchlists'));
  return (
    <div className="page">
      <div>
        <h1>{t('nav.watchlists')}</h1>
        <p className="muted">{t('watch.lead')}</p>
      </div>
      <div className="row between">
        <WatchTabs lists={lists} />
        <NewList used={lists.length} />
      </div>
      <Loaded key={listId} query={query} height={420}>
        {(list) => <OpenList list={list} lists={lists} />}
      </Loaded>
    </div>
  );
}

/** The list that is open: what is on it, and how more gets on it. */
function OpenList({ list, lists }: { readonly list: WatchlistWithItems; readonly lists: readonly Watchlist[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = watchlistRoute.useSearch();
  const [edited, setEdited] = useState<WatchlistItem | null>(null);
  const [settings, setSettings] = useState(false);
  // Renaming and moving come with the lists, so that the open dialog shows them.
  const self = lists.find(({ id }) => id === list.id) ?? list;
  return (
    <>
      <section className="card" aria-label={t('watch.add')}>
        <AddItems listId={list.id} />
      </section>
      <section className="card flush" aria-labelledby="watchlist-name">
        <ListHead
          list={list}
          onSettings={() => {
            setSettings(true);
          }}
        />
        {list.items.length === 0 ? (
          <EmptyState icon="star" title={t('watch.empty')}>
            {t('watch.emptyText')}
          </EmptyState>
        ) : (
          <WatchlistTable
            list={list}
            view={readListView(address, WATCH_COLUMNS, OWN_ORDER)}
            onView={(view) => {
              const search = writeListView(view, OWN_ORDER);
              void navigate({ to: '/watchlists/$listId', params: { listId: list.id }, search, replace: true });
            }}
            onEdit={setEdited}
          />
        )}
      </section>
      <EditItem
        listId={list.id}
        item={edited}
        count={list.items.length}
        onClose={() => {
          setEdited(null);
        }}
      />
      <Dialog
        open={settings}
        title={t('watch.settings')}
        onClose={() => {
          setSettings(false);
        }}
      >
        <ListSettings
          list={self}
          count={lists.length}
          onClose={() => {
            setSettings(false);
          }}
          onLeave={(id) => {
            void (id === null ? navigate({ to: '/watchlists' }) : navigate({ to: '/watchlists/$listId', params: { listId: id } }));
          }}
        />
      </Dialog>
    </>
  );
}

/** What is asked of a whole list most: a level in money means something else for each instrument. */
const MOVE = { condition: 'percentChange', threshold: '5', repeat: 'recurring' } as const;

function ListHead({ list, onSettings }: { readonly list: WatchlistWithItems; readonly onSettings: () => void }) {
  const { t } = useTranslation();
  const { data: portfolios = [] } = useQuery(portfoliosQuery);
  return (
    <div className="card-head row between">
      <div>
        <h2 id="watchlist-name">{list.name}</h2>
        {list.note !== '' && <p className="small muted">{list.note}</p>}
      </div>
      <div className="row">
        <NewAlertButton portfolios={portfolios} start={{ about: 'watchlist', watchlistId: list.id, watchlistName: list.name, ...MOVE }} />
        <Button icon="settings" onClick={onSettings}>
          {t('watch.settings')}
        </Button>
      </div>
    </div>
  );
}

/** Where the plan has no room left the dialog says so, and what to do about it. */
function NewList({ used }: { readonly used: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const hasRoom = usePlanRoom(used);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <Button
        icon="plus"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('watch.newList')}
      </Button>
      <Dialog open={open} title={t('watch.newList')} onClose={close}>
        <div className="stack">
          <PlanNotice used={used} />
          {hasRoom && (
            <ListForm
              onDone={({ id }) => {
                close();
                void navigate({ to: '/watchlists/$listId', params: { listId: id } });
              }}
            />
          )}
        </div>
      </Dialog>
    </>
  );
}
