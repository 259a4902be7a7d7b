import type { ImportSummary } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useInfiniteQuery } from '@tanstack/react-query';
import { importsQuery } from '../../api/queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatCount, type FigureStyle } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules } from '../../ui/tables/list-view.ts';
import type { SortValue } from '../../ui/tables/sort-rows.ts';

const NEWEST_FIRST = { column: 'when', descending: true };
const STATUSES = ['queued', 'running', 'done', 'failed'] as const satisfies readonly ImportSummary['status'][];

/** The imports so far, each leading to what came of it. */
export function ImportList() {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const query = useInfiniteQuery(importsQuery);
  const imports = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card flush" aria-labelledby="imports">
      <div className="card-head">
        <h2 id="imports">{t('imports.earlier')}</h2>
      </div>
      <Loaded query={query} height={120}>
        {() =>
          imports.length === 0 ? (
            <EmptyState icon="upload" title={t('imports.none')} />
          ) : (
            <ListTable
              caption={t('imports.earlier')}
              rows={imports}
              rowKey={(row) => row.id}
              rules={RULES}
              first={NEWEST_FIRST}
              searchLabel={t('imports.search')}
              kinds={{
                label: t('imports.statusTitle'),
                all: t('imports.allStatuses'),
                options: STATUSES.map((value) => ({ value, label: t(`imports.status.${value}`) })),
              }}
              columns={columnsOf(t, style)}
            />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <div className="table-foot">
          <span>{t('imports.older')}</span>
          <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('table.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

const RULES: ListRules<ImportSummary> = {
  textOf: (row) => row.fileName,
  kindOf: (row) => row.status,
  valueOf: (row, column): SortValue => {
    if (column === 'stored') return row.rowsStored;
    if (column === 'rejected') return row.rowsRejected;
    return column === 'file' ? row.fileName : column === 'status' ? row.status : row.createdAt;
  },
};

function columnsOf(t: Translate, style: FigureStyle): Column<ImportSummary>[] {
  return [
    {
      id: 'file',
      header: t('imports.file'),
      sortable: true,
      cell: (row) => (
        <Link to="/imports" search={{ id: row.id }}>
          {row.fileName}
        </Link>
      ),
    },
    {
      id: 'stored',
      header: t('imports.stored'),
      end: true,
      sortable: true,
      cell: (row) => <Figure>{formatCount(row.rowsStored, style)}</Figure>,
    },
    {
      id: 'rejected',
      header: t('imports.rejected'),
      method: t('method.imports.rejected'),
      end: true,
      wideOnly: true,
      sortable: true,
      cell: (row) => <Figure>{formatCount(row.rowsRejected, style)}</Figure>,
    },
    {
      id: 'status',
      header: t('imports.statusTitle'),
      sortable: true,
      cell: (row) => (
        <Badge look={row.status === 'failed' ? 'danger' : row.status === 'done' ? 'ok' : 'accent'}>
          {t(`imports.status.${row.status}`)}
        </Badge>
      ),
    },
    { id: 'when', header: t('imports.when'), end: true, wideOnly: true, sortable: true, cell: (row) => <Moment at={row.createdAt} /> },
  ];
}
