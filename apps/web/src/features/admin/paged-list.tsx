import type { Page } from '@holdfast/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { DataTable, type Column, type Sorting } from '../../ui/tables/data-table.tsx';
import { MoreRows } from '../../ui/tables/more-rows.tsx';
import './admin.css';

interface PagedListProps<Row> {
  readonly title: string;
  /** Everything that changes what the server answers. */
  readonly queryKey: readonly unknown[];
  readonly fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>;
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** The tools above the table. */
  readonly children: ReactNode;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  /** Reads it anew every so often, for what changes by itself. */
  readonly refetchMs?: number;
  readonly action?: ReactNode;
  /** Takes every filter away; left out where there is none. */
  readonly onClear?: (() => void) | undefined;
}

/** A list that the server searches, filters and pages. */
export function PagedList<Row>({
  title,
  queryKey,
  fetchPage,
  rowKey,
  columns,
  children,
  sorting,
  onSort,
  refetchMs,
  action,
  onClear,
}: PagedListProps<Row>) {
  const query = useInfiniteQuery({
    queryKey: ['admin', ...queryKey],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => fetchPage(pageParam, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...(refetchMs === undefined ? {} : { refetchInterval: refetchMs }),
  });
  return (
    <section className="card flush" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
      <Loaded query={query} height={240}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <NoRows onClear={onClear} />;
          return (
            <>
              <DataTable
                caption={title}
                columns={columns}
                rows={rows}
                rowKey={rowKey}
                twoLine
                sorting={sorting}
                {...(onSort === undefined ? {} : { onSort })}
              />
              <MoreRows query={query} count={rows.length} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function NoRows({ onClear }: { readonly onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (onClear === undefined) return <EmptyState title={t('admin.empty')} />;
  return <EmptyState title={t('admin.nothing')} action={<Button onClick={onClear}>{t('action.clearFilters')}</Button>} />;
}
