import type { SentNotification, SentNotificationQuery } from '@holdfast/sdk';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { clearOf, type AdminViewProps } from './admin-address.ts';
import { PagedList } from './paged-list.tsx';

type Status = SentNotification['deliveries'][number]['status'];
const STATUSES = ['waiting', 'delivered', 'dead', 'skipped'] as const satisfies readonly Status[];
const LOOKS: Record<Status, BadgeLook> = { waiting: 'accent', delivered: 'ok', dead: 'danger', skipped: 'plain' };
const KINDS = [
  'fill',
  'refusal',
  'alert',
  'marketMove',
  'dividend',
  'import',
  'report',
  'margin',
  'security',
  'announcement',
] as const satisfies readonly SentNotification['kind'][];

/** What users were told and whether it reached them; its words are theirs. */
export function NotificationList({ address, onAddress }: AdminViewProps) {
  const { t } = useTranslation();
  const kind = KINDS.find((known) => known === address.kind);
  const delivery = STATUSES.find((known) => known === address.state);
  const query: SentNotificationQuery = { ...(kind === undefined ? {} : { kind }), ...(delivery === undefined ? {} : { delivery }) };
  return (
    <PagedList
      title={t('admin.view.notifications')}
      onClear={clearOf({ address, onAddress })}
      queryKey={['notifications', query]}
      fetchPage={(cursor, signal) => api.admin.notifications(cursor === undefined ? query : { ...query, cursor }, signal)}
      rowKey={(row) => row.id}
      columns={useColumns()}
    >
      <div className="toolbar">
        <ChoiceBox
          label={t('admin.notifications.kind')}
          all={t('admin.notifications.allKinds')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`admin.notifications.kinds.${value}`) }))}
          onChoose={(chosen) => {
            onAddress({ ...address, kind: chosen });
          }}
        />
        <ChoiceBox
          label={t('admin.notifications.delivery')}
          all={t('admin.notifications.allDeliveries')}
          value={delivery}
          options={STATUSES.map((value) => ({ value, label: t(`admin.notifications.status.${value}`) }))}
          onChoose={(chosen) => {
            onAddress({ ...address, state: chosen });
          }}
        />
      </div>
    </PagedList>
  );
}

function useColumns(): Column<SentNotification>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'kind',
      header: t('admin.notifications.kind'),
      cell: (row) => (
        <div className="admin-cell">
          <span className="strong">{t(`admin.notifications.kinds.${row.kind}`)}</span>
          <code className="small faint">{row.userId}</code>
        </div>
      ),
    },
    { id: 'when', header: t('admin.when'), wideOnly: true, cell: (row) => <Moment at={row.createdAt} /> },
    {
      id: 'read',
      header: t('admin.notifications.read'),
      wideOnly: true,
      cell: (row) => (row.readAt === null ? t('admin.never') : <Moment at={row.readAt} />),
    },
    {
      id: 'deliveries',
      header: t('admin.notifications.delivery'),
      end: true,
      cell: (row) => (
        <span className="admin-actions">
          {row.deliveries.map((delivery, index) => (
            <span key={index} title={delivery.detail ?? undefined}>
              <Badge look={LOOKS[delivery.status]}>
                {t(`admin.notifications.channel.${delivery.channel}`)}: {t(`admin.notifications.status.${delivery.status}`)}
              </Badge>
            </span>
          ))}
          {row.deliveries.length === 0 && <span className="faint">{t('admin.notifications.inAppOnly')}</span>}
        </span>
      ),
    },
  ];
}
