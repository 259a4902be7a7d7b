import type { AdminDelivery, AdminDeliveryQuery } from '@holdfast/sdk';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { clearOf, type AdminViewProps } from './admin-address.ts';
import { ListTools } from './list-tools.tsx';
import { PagedList } from './paged-list.tsx';
import { useAdminChange } from './use-admin-change.ts';

const STATUSES = ['dead', 'waiting', 'delivered', 'skipped'] as const satisfies readonly AdminDelivery['status'][];
const CHANNELS = ['email', 'webhook', 'push'] as const satisfies readonly AdminDelivery['channel'][];
const LOOKS: Record<AdminDelivery['status'], BadgeLook> = { waiting: 'accent', delivered: 'ok', dead: 'danger', skipped: 'plain' };

/** Mails, webhooks and pushes on their way, and those that gave up, to be sent again. */
export function DeliveryList({ address, onAddress }: AdminViewProps) {
  const { t } = useTranslation();
  const status = STATUSES.find((known) => known === address.kind);
  const channel = CHANNELS.find((known) => known === address.state);
  const query: AdminDeliveryQuery = {
    ...(address.search === undefined ? {} : { search: address.search }),
    ...(status === undefined ? {} : { status }),
    ...(channel === undefined ? {} : { channel }),
  };
  return (
    <PagedList
      title={t('admin.view.deliveries')}
      onClear={clearOf({ address, onAddress })}
      queryKey={['deliveries', query]}
      fetchPage={(cursor, signal) => api.admin.deliveries(cursor === undefined ? query : { ...query, cursor }, signal)}
      rowKey={(row) => row.id}
      columns={useColumns()}
      refetchMs={10_000}
    >
      <ListTools
        {...{ address, onAddress }}
        searchLabel={t('admin.deliveries.search')}
        kindLabel={t('admin.notifications.delivery')}
        allKinds={t('admin.notifications.allDeliveries')}
        kinds={STATUSES.map((value) => ({ value, label: t(`admin.notifications.status.${value}`) }))}
      />
      <div className="toolbar">
        <ChoiceBox
          label={t('admin.deliveries.channel')}
          all={t('admin.deliveries.allChannels')}
          value={channel}
          options={CHANNELS.map((value) => ({ value, label: t(`admin.notifications.channel.${value}`) }))}
          onChoose={(chosen) => {
            onAddress({ ...address, state: chosen });
          }}
        />
      </div>
    </PagedList>
  );
}

function useColumns(): Column<AdminDelivery>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'to',
      header: t('admin.deliveries.to'),
      cell: (row) => (
        <div className="admin-cell">
          <span className="strong">{row.userEmail}</span>
          <span className="small faint">
            {t(`admin.notifications.channel.${row.channel}`)} ·{' '}
            {row.kind === null ? t('admin.deliveries.noNotification') : t(`admin.notifications.kinds.${row.kind}`)}
          </span>
          {row.detail !== null && (
            <span className="small faint" lang="en">
              {row.detail.slice(0, 300)}
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'status',
      header: t('admin.notifications.delivery'),
      cell: (row) => (
        <span className="admin-actions">
          <Badge look={LOOKS[row.status]}>{t(`admin.notifications.status.${row.status}`)}</Badge>
          {row.responseStatus !== null && (
            <span className="small faint">{t('admin.deliveries.answered', { status: row.responseStatus })}</span>
          )}
        </span>
      ),
    },
    { id: 'attempts', header: t('admin.jobs.attempts'), end: true, wideOnly: true, cell: (row) => row.attempts },
    { id: 'when', header: t('admin.when'), end: true, wideOnly: true, cell: (row) => <Moment at={row.createdAt} /> },
    { id: 'actions', header: t('table.actions'), end: true, cell: (row) => (row.canRetry ? <RetryButton delivery={row} /> : null) },
  ];
}

function RetryButton({ delivery }: { readonly delivery: AdminDelivery }) {
  const { t } = useTranslation();
  const retry = useAdminChange(
    () => api.admin.retryDelivery(delivery.id),
    () => t('admin.deliveries.retried'),
  );
  return (
    <Button
      size="small"
      icon="refresh"
      busy={retry.isPending}
      onClick={() => {
        retry.mutate(undefined);
      }}
    >
      {t('admin.deliveries.retry')}
    </Button>
  );
}
