import type { Report } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Age } from '../../ui/figures/age.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatBytes } from '../../ui/figures/format-bytes.ts';
import type { FigureStyle } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules } from '../../ui/tables/list-view.ts';
import { showToast } from '../../ui/toast.tsx';
import { ReportStatus } from './report-status.tsx';
import { reportsKey, reportsQuery } from './reports-query.ts';

const STATUSES = ['queued', 'running', 'done', 'failed'] as const satisfies readonly Report['status'][];
const NEWEST_FIRST = { column: 'made', descending: true };

/** What was made and is being made, each with its progress or its file. */
export function ReportList({ portfolioId }: { readonly portfolioId?: string }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const query = useQuery(reportsQuery(portfolioId));
  const remove = useRemove(portfolioId);
  return (
    <section className="card flush" aria-labelledby="reports">
      <div className="card-head">
        <h2 id="reports">{t('reports.made')}</h2>
      </div>
      <Loaded query={query} height={160}>
        {(reports) =>
          reports.length === 0 ? (
            <EmptyState icon="download" title={t('reports.none')}>
              {t('reports.noneText')}
            </EmptyState>
          ) : (
            <ListTable
              caption={t('reports.made')}
              rows={reports}
              rowKey={(row) => row.id}
              rules={rulesOf(t)}
              first={NEWEST_FIRST}
              searchLabel={t('reports.search')}
              kinds={{
                label: t('imports.statusTitle'),
                all: t('reports.allStatuses'),
                options: STATUSES.map((value) => ({ value, label: t(`reports.status.${value}`) })),
              }}
              tools="long"
              twoLine
              columns={columnsOf(t, style, (report) => {
                remove.mutate(report.id);
              })}
            />
          )
        }
      </Loaded>
    </section>
  );
}

function useRemove(portfolioId: string | undefined) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.reports.remove(id),
    onSuccess: async () => {
      showToast({ look: 'ok', text: t('reports.removed') });
      await client.invalidateQueries({ queryKey: reportsKey(portfolioId) });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
}

function nameOf(report: Report, t: Translate): string {
  return [t(`reports.kinds.${report.report}`), report.year ?? '', report.format.toUpperCase()].filter((part) => part !== '').join(' · ');
}

function rulesOf(t: Translate): ListRules<Report> {
  return {
    textOf: (row) => `${nameOf(row, t)} ${row.fileName ?? ''}`,
    kindOf: (row) => row.status,
    valueOf: (row, column) => (column === 'name' ? nameOf(row, t) : column === 'size' ? row.byteCount : row.createdAt),
  };
}

function columnsOf(t: Translate, style: FigureStyle, onRemove: (report: Report) => void): Column<Report>[] {
  return [
    { id: 'name', header: t('reports.kind'), sortable: true, cell: (row) => <span className="strong">{nameOf(row, t)}</span> },
    { id: 'made', header: t('reports.madeOn'), sortable: true, wideOnly: true, cell: (row) => <Age at={row.createdAt} /> },
    {
      id: 'size',
      header: t('reports.size'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (row) => (row.byteCount === null ? '' : <Figure>{formatBytes(row.byteCount, style)}</Figure>),
    },
    {
      id: 'status',
      header: t('imports.statusTitle'),
      wideOnly: true,
      cell: (row) =>
        row.status === 'failed' ? (
          <span className="cell-stack">
            <Badge look="danger">{t('reports.status.failed')}</Badge>
            {row.detail !== null && (
              <span className="small faint" lang="en">
                {row.detail}
              </span>
            )}
          </span>
        ) : (
          <Badge look={row.status === 'done' ? 'ok' : 'accent'}>{t(`reports.status.${row.status}`)}</Badge>
        ),
    },
    {
      id: 'file',
      header: t('table.actions'),
      end: true,
      cell: (row) => (
        <span className="row-actions">
          {row.status === 'done' ? (
            <a
              className="icon-button"
              href={`/api/v1${api.reports.contentPath(row.id)}`}
              download={row.fileName ?? ''}
              aria-label={t('reports.download', { name: nameOf(row, t) })}
              title={row.fileName ?? ''}
            >
              <Icon name="download" />
            </a>
          ) : (
            row.status !== 'failed' && <ReportStatus report={row} name={nameOf(row, t)} />
          )}
          <IconButton
            icon="trash"
            label={t('reports.remove', { name: nameOf(row, t) })}
            onClick={() => {
              onRemove(row);
            }}
          />
        </span>
      ),
    },
  ];
}
