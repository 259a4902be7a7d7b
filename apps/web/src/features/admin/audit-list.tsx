import type { AuditEntry, AuditQuery } from '@holdfast/sdk';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Moment } from '../../ui/figures/age.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { clearOf, type AdminAddress, type AdminViewProps } from './admin-address.ts';
import { PagedList } from './paged-list.tsx';

/** What was done that concerns security or money; the same filter is exported. */
export function AuditList({ address, onAddress }: AdminViewProps) {
  const { t } = useTranslation();
  const query = queryOf(address);
  return (
    <PagedList
      title={t('admin.view.audit')}
      onClear={clearOf({ address, onAddress })}
      queryKey={['audit', query]}
      fetchPage={(cursor, signal) => api.admin.audit(cursor === undefined ? query : { ...query, cursor }, signal)}
      rowKey={(row) => row.id}
      columns={useColumns()}
      action={
        <a className="button" href={`/api/v1${api.admin.auditCsvPath(query)}`} download="audit.csv">
          <Icon name="download" size={16} /> {t('admin.audit.export')}
        </a>
      }
    >
      <div className="toolbar" role="search" aria-label={t('admin.view.audit')}>
        <SearchBox
          label={t('admin.audit.action')}
          value={address.search ?? ''}
          onChange={(search) => {
            onAddress({ ...address, search: search === '' ? undefined : search });
          }}
        />
        <SearchBox
          label={t('admin.audit.subjectKind')}
          value={address.kind ?? ''}
          onChange={(kind) => {
            onAddress({ ...address, kind: kind === '' ? undefined : kind });
          }}
        />
        <SearchBox
          label={t('admin.audit.user')}
          value={address.user ?? ''}
          onChange={(user) => {
            onAddress({ ...address, user: user === '' ? undefined : user });
          }}
        />
        {(['from', 'to'] as const).map((edge) => (
          <input
            key={edge}
            className="input compact"
            type="date"
            aria-label={t(`admin.audit.${edge}`)}
            value={address[edge] ?? ''}
            onChange={(event) => {
              onAddress({ ...address, [edge]: event.target.value === '' ? undefined : event.target.value });
            }}
          />
        ))}
      </div>
    </PagedList>
  );
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY_MS = 86_400_000;

function queryOf({ search, kind, user, from, to }: AdminAddress): AuditQuery {
  const end = to === undefined ? Number.NaN : Date.parse(to) + DAY_MS;
  return {
    ...(search === undefined ? {} : { action: search }),
    ...(kind === undefined ? {} : { subjectKind: kind }),
    ...(user !== undefined && ID.test(user) ? { actorId: user } : {}),
    ...(from === undefined || Number.isNaN(Date.parse(from)) ? {} : { from: new Date(from).toISOString() }),
    // The last day counts whole.
    ...(Number.isNaN(end) ? {} : { to: new Date(end).toISOString() }),
  };
}

function useColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'action',
      header: t('admin.audit.actionColumn'),
      cell: (row) => (
        <div className="admin-cell">
          <code className="strong">{row.action}</code>
          <span className="small faint">
            {row.subjectKind} {row.subjectId}
          </span>
          <span className="only-phone small faint">
            <Moment at={row.at} />
          </span>
        </div>
      ),
    },
    {
      id: 'actor',
      header: t('admin.audit.by'),
      wideOnly: true,
      cell: (row) => <code className="small">{row.actorId ?? t('admin.audit.server')}</code>,
    },
    { id: 'ip', header: t('admin.audit.address'), wideOnly: true, cell: (row) => row.ip },
    { id: 'details', header: t('admin.audit.details'), wideOnly: true, cell: (row) => <code className="small">{detailsOf(row)}</code> },
    { id: 'at', header: t('admin.when'), end: true, wideOnly: true, cell: (row) => <Moment at={row.at} /> },
  ];
}

function detailsOf({ details }: AuditEntry): string {
  const text = JSON.stringify(details);
  return text === '{}' ? '' : text.slice(0, 200);
}
