import type { Document, DocumentQuery, DocumentUsage, Portfolio } from '@holdfast/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from '../../i18n/use-translation.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatBytes } from '../../ui/figures/format-bytes.ts';
import type { FigureStyle } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { MoreRows } from '../../ui/tables/more-rows.tsx';
import { readSorting, writeSorting } from '../../ui/tables/sort-rows.ts';
import { DOCUMENT_KINDS } from './document-kinds.ts';
import { documentListQuery } from './document-queries.ts';
import './documents.css';

export interface DocumentFilter {
  readonly search?: string | undefined;
  readonly kind?: DocumentQuery['kind'] | undefined;
  readonly taxYear?: number | undefined;
  readonly portfolio?: string | undefined;
  readonly sort?: string | undefined;
}

const COLUMNS = ['name', 'taxYear', 'byteCount', 'createdAt'] as const;
const NEWEST_FIRST = { column: 'createdAt', descending: true };

interface ListProps {
  readonly filter: DocumentFilter;
  readonly onFilter: (filter: DocumentFilter) => void;
  readonly onOpen: (id: string) => void;
  readonly portfolios: readonly Portfolio[];
  readonly usage: DocumentUsage | undefined;
}

/** All documents; filter and order stand in the address, more rows come by the page. */
export function DocumentList({ filter, onFilter, onOpen, portfolios, usage }: ListProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const sorting = readSorting(filter.sort, COLUMNS, NEWEST_FIRST);
  const query = useInfiniteQuery(documentListQuery(queryOf(filter, writeSorting(sorting))));
  const isFiltered = [filter.search, filter.kind, filter.taxYear, filter.portfolio].some((value) => value !== undefined);
  return (
    <section className="card flush" aria-labelledby="documents">
      <div className="card-head">
        <h2 id="documents">{t('documents.kept')}</h2>
      </div>
      <Filters {...{ filter, onFilter, portfolios, usage, isFiltered }} />
      <Loaded query={query} height={240}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0)
            return isFiltered ? (
              <EmptyState
                title={t('documents.noMatch')}
                action={
                  <Button
                    onClick={() => {
                      onFilter({ sort: filter.sort });
                    }}
                  >
                    {t('action.clearFilters')}
                  </Button>
                }
              />
            ) : (
              <EmptyState icon="archive" title={t('documents.none')}>
                {t('documents.noneText')}
              </EmptyState>
            );
          return (
            <>
              <DataTable
                caption={t('documents.kept')}
                columns={columnsOf({ t, style, portfolios, onOpen })}
                rows={rows}
                rowKey={(row) => row.id}
                twoLine
                sorting={sorting}
                onSort={(next) => {
                  onFilter({ ...filter, sort: writeSorting(next) });
                }}
              />
              <MoreRows query={query} count={rows.length} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function queryOf({ search, kind, taxYear, portfolio }: DocumentFilter, sort: string): DocumentQuery {
  const asked = { search, kind, taxYear, portfolioId: portfolio, sort };
  return { ...(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as DocumentQuery), limit: 50 };
}

type FilterProps = Pick<ListProps, 'filter' | 'onFilter' | 'portfolios' | 'usage'> & { readonly isFiltered: boolean };

function Filters({ filter, onFilter, portfolios, usage, isFiltered }: FilterProps) {
  const { t } = useTranslation();
  const years = [...new Set([...(usage?.taxYears ?? []), ...(filter.taxYear === undefined ? [] : [filter.taxYear])])].toSorted(
    (a, b) => b - a,
  );
  const set = (change: DocumentFilter): void => {
    onFilter({ ...filter, ...change });
  };
  return (
    <div className="toolbar" role="search" aria-label={t('documents.search')}>
      <SearchBox
        label={t('documents.search')}
        value={filter.search ?? ''}
        onChange={(search) => {
          set({ search: search === '' ? undefined : search });
        }}
      />
      <ChoiceBox
        label={t('documents.kindTitle')}
        all={t('documents.allKinds')}
        value={filter.kind}
        options={DOCUMENT_KINDS.map((kind) => ({ value: kind, label: t(`documents.kind.${kind}`) }))}
        onChoose={(chosen) => {
          set({ kind: DOCUMENT_KINDS.find((kind) => kind === chosen) });
        }}
      />
      <ChoiceBox
        label={t('documents.taxYear')}
        all={t('documents.allYears')}
        value={filter.taxYear === undefined ? undefined : String(filter.taxYear)}
        options={years.map((year) => ({ value: String(year), label: String(year) }))}
        onChoose={(chosen) => {
          set({ taxYear: years.find((year) => String(year) === chosen) });
        }}
      />
      <ChoiceBox
        label={t('documents.portfolio')}
        all={t('documents.allPortfolios')}
        value={filter.portfolio}
        options={portfolios.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(portfolio) => {
          set({ portfolio });
        }}
      />
      {isFiltered && (
        <Button
          look="plain"
          size="small"
          onClick={() => {
            onFilter({ sort: filter.sort });
          }}
        >
          {t('action.clearFilters')}
        </Button>
      )}
    </div>
  );
}

interface ColumnNeeds {
  readonly t: Translate;
  readonly style: FigureStyle;
  readonly portfolios: readonly Portfolio[];
  readonly onOpen: (id: string) => void;
}

function columnsOf({ t, style, portfolios, onOpen }: ColumnNeeds): Column<Document>[] {
  return [
    {
      id: 'name',
      header: t('documents.name'),
      sortable: true,
      cell: (row) => (
        <div className="document-cell">
          <button
            type="button"
            className="document-name strong"
            onClick={() => {
              onOpen(row.id);
            }}
          >
            {row.name}
          </button>
          <span className="small faint">
            {t(`documents.kind.${row.kind}`)}
            {row.version > 1 && ` · ${t('documents.versionNumber', { number: row.version })}`}
            {row.isMissing && (
              <>
                {' '}
                <Badge look="danger">{t('documents.missing')}</Badge>
              </>
            )}
          </span>
        </div>
      ),
    },
    { id: 'taxYear', header: t('documents.taxYear'), sortable: true, wideOnly: true, cell: (row) => row.taxYear },
    {
      id: 'portfolio',
      header: t('documents.portfolio'),
      wideOnly: true,
      cell: (row) => portfolios.find(({ id }) => id === row.portfolioId)?.name ?? null,
    },
    {
      id: 'byteCount',
      header: t('documents.size'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (row) => <Figure>{formatBytes(row.byteCount, style)}</Figure>,
    },
    { id: 'createdAt', header: t('documents.when'), end: true, sortable: true, cell: (row) => <Moment at={row.createdAt} /> },
  ];
}
