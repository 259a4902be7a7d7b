import type { Notification, NotificationKind, NotificationQuery } from '@holdfast/sdk';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api } from '../../api/api.ts';
import { notificationsKey, unreadQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { usePreferences } from '../../preferences/preferences-store.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Age } from '../../ui/figures/age.tsx';
import { hideAmounts } from '../../ui/figures/hide-amounts.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import { MoreRows } from '../../ui/tables/more-rows.tsx';
import { showToast } from '../../ui/toast.tsx';
import { NOTIFICATION_KINDS } from './notification-kinds.ts';
import { notificationListQuery } from './notification-queries.ts';
import './notifications.css';

export interface NotificationFilter {
  readonly search?: string | undefined;
  readonly kind?: NotificationKind | undefined;
  readonly unread?: true | undefined;
}

interface ListProps {
  readonly filter: NotificationFilter;
  readonly onFilter: (filter: NotificationFilter) => void;
}

/** The newest first; filters stand in the address, more rows come by the page. */
export function NotificationList({ filter, onFilter }: ListProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(notificationListQuery(queryOf(filter)));
  const read = useRead();
  const isFiltered = [filter.search, filter.kind, filter.unread].some((value) => value !== undefined);
  return (
    <section className="card flush" aria-label={t('notifications.title')}>
      <Filters filter={filter} onFilter={onFilter} />
      <Loaded query={query} height={240}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0)
            return isFiltered ? (
              <EmptyState
                title={t('notifications.noMatch')}
                action={
                  <Button
                    onClick={() => {
                      onFilter({});
                    }}
                  >
                    {t('action.clearFilters')}
                  </Button>
                }
              />
            ) : (
              <EmptyState icon="bell" title={t('notifications.none')}>
                {t('notifications.noneText')}
              </EmptyState>
            );
          return (
            <>
              <ul className="notification-list">
                {rows.map((row) => (
                  <Row
                    key={row.id}
                    notification={row}
                    onRead={() => {
                      read.mutate({ ids: [row.id] });
                    }}
                  />
                ))}
              </ul>
              <MoreRows query={query} count={rows.length} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function queryOf({ search, kind, unread }: NotificationFilter): NotificationQuery {
  return {
    ...(search === undefined ? {} : { search }),
    ...(kind === undefined ? {} : { kind }),
    ...(unread === undefined ? {} : { unread }),
  };
}

function Filters({ filter, onFilter }: ListProps) {
  const { t } = useTranslation();
  const read = useRead();
  const set = (change: NotificationFilter): void => {
    onFilter({ ...filter, ...change });
  };
  return (
    <div className="toolbar" role="search" aria-label={t('notifications.search')}>
      <SearchBox
        label={t('notifications.search')}
        value={filter.search ?? ''}
        onChange={(search) => {
          set({ search: search === '' ? undefined : search });
        }}
      />
      <ChoiceBox
        label={t('notifications.kindTitle')}
        all={t('notifications.allKinds')}
        value={filter.kind}
        options={NOTIFICATION_KINDS.map((kind) => ({ value: kind, label: t(`notifications.kind.${kind}`) }))}
        onChoose={(chosen) => {
          set({ kind: NOTIFICATION_KINDS.find((kind) => kind === chosen) });
        }}
      />
      <Segmented
        label={t('notifications.which')}
        value={filter.unread === true ? 'unread' : 'all'}
        options={[
          { value: 'all', label: t('notifications.all') },
          { value: 'unread', label: t('notifications.unread') },
        ]}
        onChange={(which) => {
          set({ unread: which === 'unread' ? true : undefined });
        }}
      />
      <Button
        size="small"
        icon="check"
        busy={read.isPending}
        onClick={() => {
          read.mutate({ all: true });
        }}
      >
        {t('notifications.markAll')}
      </Button>
    </div>
  );
}

function useRead() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.notifications.read,
    onSuccess: (left) => {
      client.setQueryData(unreadQuery.queryKey, left);
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
    onSettled: () => client.invalidateQueries({ queryKey: notificationsKey }),
  });
}

function Row({ notification, onRead }: { readonly notification: Notification; readonly onRead: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const { hideAmounts: hidden } = usePreferences();
  const { link, kind, severity, createdAt, readAt } = notification;
  const title = hideAmounts(notification.title, { kind, hidden });
  const body = hideAmounts(notification.body, { kind, hidden });
  const isUnread = readAt === null;
  return (
    <li className={isUnread ? 'unread' : undefined}>
      <div className="grow">
        <div className="row tight">
          {link === null ? (
            <span className="strong">{title}</span>
          ) : (
            <a
              className="strong"
              href={link}
              onClick={(event) => {
                if (isUnread) onRead();
                if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                router.history.push(link);
              }}
            >
              {title}
            </a>
          )}
          {isUnread && <Badge look="accent">{t('notifications.isUnread')}</Badge>}
        </div>
        {body !== '' && <p className="muted">{body}</p>}
        <p className={severity === 'info' ? 'small faint' : 'small warn-text'}>
          {t(`notifications.kind.${kind}`)} · <Age at={createdAt} />
        </p>
      </div>
      {isUnread && (
        <Button look="plain" size="small" onClick={onRead}>
          {t('notifications.markRead')}
        </Button>
      )}
    </li>
  );
}
