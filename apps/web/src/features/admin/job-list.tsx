import type { AdminJob, AdminJobQuery } from '@holdfast/sdk';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { clearOf, type AdminViewProps } from './admin-address.ts';
import { ListTools } from './list-tools.tsx';
import { PagedList } from './paged-list.tsx';
import { useAdminChange } from './use-admin-change.ts';

const STATES = ['waiting', 'running', 'failing', 'dead'] as const satisfies readonly AdminJob['state'][];
const LOOKS: Record<AdminJob['state'], BadgeLook> = { waiting: 'plain', running: 'accent', failing: 'warn', dead: 'danger' };

/** Work apart from requests: what waits, runs and failed, and dead letters to retry or to give up. */
export function JobList({ address, onAddress }: AdminViewProps) {
  const { t } = useTranslation();
  const state = STATES.find((known) => known === address.kind);
  const query: AdminJobQuery = {
    ...(address.search === undefined ? {} : { search: address.search }),
    ...(state === undefined ? {} : { state }),
  };
  return (
    <PagedList
      title={t('admin.view.jobs')}
      onClear={clearOf({ address, onAddress })}
      queryKey={['jobs', query]}
      fetchPage={(cursor, signal) => api.admin.jobs(cursor === undefined ? query : { ...query, cursor }, signal)}
      rowKey={(row) => row.id}
      columns={useColumns()}
      refetchMs={10_000}
    >
      <ListTools
        {...{ address, onAddress }}
        searchLabel={t('admin.jobs.search')}
        kindLabel={t('admin.jobs.state')}
        allKinds={t('admin.jobs.allStates')}
        kinds={STATES.map((value) => ({ value, label: t(`admin.jobs.states.${value}`) }))}
      />
    </PagedList>
  );
}

function useColumns(): Column<AdminJob>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'name',
      header: t('admin.jobs.name'),
      cell: (row) => (
        <div className="admin-cell">
          <span className="strong">{row.name}</span>
          {row.lastError !== null && (
            <span className="small faint" lang="en">
              {row.lastError.slice(0, 300)}
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'state',
      header: t('admin.jobs.state'),
      cell: (row) => <Badge look={LOOKS[row.state]}>{t(`admin.jobs.states.${row.state}`)}</Badge>,
    },
    { id: 'attempts', header: t('admin.jobs.attempts'), end: true, wideOnly: true, cell: (row) => `${row.attempts} / ${row.mostAttempts}` },
    { id: 'runAt', header: t('admin.jobs.due'), end: true, wideOnly: true, cell: (row) => <Moment at={row.runAt} /> },
    { id: 'actions', header: t('table.actions'), end: true, cell: (row) => (row.state === 'running' ? null : <JobActions job={row} />) },
  ];
}

function JobActions({ job }: { readonly job: AdminJob }) {
  const { t } = useTranslation();
  const retry = useAdminChange(
    () => api.admin.retryJob(job.id),
    () => t('admin.jobs.retried', { name: job.name }),
  );
  const remove = useAdminChange(
    () => api.admin.removeJob(job.id),
    () => t('admin.jobs.removed', { name: job.name }),
  );
  return (
    <div className="admin-actions">
      <Button
        size="small"
        icon="refresh"
        busy={retry.isPending}
        onClick={() => {
          retry.mutate(undefined);
        }}
      >
        {t('admin.jobs.retry')}
      </Button>
      {job.state === 'dead' && (
        <Button
          size="small"
          look="danger"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate(undefined);
          }}
        >
          {t('admin.jobs.remove')}
        </Button>
      )}
    </div>
  );
}
