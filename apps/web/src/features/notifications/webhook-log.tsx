import type { WebhookDelivery } from '@holdfast/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { NOTIFICATION_KINDS } from './notification-kinds.ts';
import { webhookDeliveriesQuery } from './notification-queries.ts';

const STATUSES = ['waiting', 'delivered', 'dead', 'skipped'] as const;
const LOOKS: Readonly<Record<(typeof STATUSES)[number], BadgeLook>> = {
  waiting: 'warn',
  delivered: 'ok',
  dead: 'danger',
  skipped: 'plain',
};

/** What was posted and how it went, the newest first. */
export function WebhookLog({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<WebhookDelivery['status'] | undefined>(undefined);
  const query = useInfiniteQuery(webhookDeliveriesQuery(id, status === undefined ? {} : { status }));
  return (
    <div className="stack">
      <ChoiceBox
        label={t('webhooks.outcome')}
        all={t('webhooks.allStatuses')}
        value={status}
        options={STATUSES.map((value) => ({ value, label: t(`webhooks.status.${value}`) }))}
        onChoose={(chosen) => {
          setStatus(STATUSES.find((value) => value === chosen));
        }}
      />
      <Loaded query={query} height={160}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <EmptyState title={t('webhooks.logNone')} />;
          return (
            <>
              <DataTable caption={t('webhooks.log')} columns={columnsOf(t)} rows={rows} rowKey={(row) => row.id} twoLine />
              {query.hasNextPage && (
                <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('table.more')}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function typeName(type: string, t: Translate): string {
  const kind = NOTIFICATION_KINDS.find((one) => type === `notification.${one}`);
  return kind === undefined ? t('webhooks.testType') : t(`notifications.kind.${kind}`);
}

function columnsOf(t: Translate): Column<WebhookDelivery>[] {
  return [
    {
      id: 'message',
      header: t('webhooks.message'),
      cell: (row) => (
        <div className="log-cell">
          <div>{typeName(row.type, t)}</div>
          <div className="small faint">
            <Moment at={row.createdAt} />
          </div>
        </div>
      ),
    },
    {
      id: 'status',
      header: t('webhooks.outcome'),
      cell: (row) => (
        <div className="log-cell">
          <Badge look={LOOKS[row.status]}>{t(`webhooks.status.${row.status}`)}</Badge>
          {row.detail !== null && <div className="small faint">{row.detail}</div>}
          {row.nextAttemptAt !== null && row.attempts > 0 && (
            <div className="small faint">
              {t('webhooks.next')} <Moment at={row.nextAttemptAt} />
            </div>
          )}
        </div>
      ),
    },
    { id: 'answer', header: t('webhooks.answer'), end: true, wideOnly: true, cell: (row) => row.responseStatus ?? '–' },
    { id: 'attempts', header: t('webhooks.attempts'), end: true, wideOnly: true, cell: (row) => row.attempts },
  ];
}
