import { useState, type ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../button.tsx';
import { SearchBox } from '../search-box.tsx';
import { EmptyState } from '../states.tsx';
import { DataTable, type Column, type Sorting } from './data-table.tsx';
import { viewRows, type ListRules, type ListView } from './list-view.ts';
import { Pagination } from './pagination.tsx';

export interface KindChoice {
  readonly label: string;
  readonly all: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

interface ListToolsProps {
  readonly searchLabel: string;
  readonly kinds: KindChoice;
  readonly view: ListView;
  readonly onView: (view: ListView) => void;
  readonly children?: ReactNode;
}

/** Search, and the kinds to choose from. Whatever changes, the first page comes first. */
export function ListTools({ searchLabel, kinds, view, onView, children }: ListToolsProps) {
  const change = (part: Partial<ListView>): void => {
    onView({ ...view, page: 0, ...part });
  };
  return (
    <div className="toolbar" role="search" aria-label={searchLabel}>
      <SearchBox
        label={searchLabel}
        value={view.search}
        onChange={(search) => {
          change({ search });
        }}
      />
      {kinds.options.length > 1 && (
        <select
          className="input compact"
          aria-label={kinds.label}
          value={view.kind ?? ''}
          onChange={(event) => {
            change({ kind: event.target.value === '' ? null : event.target.value });
          }}
        >
          <option value="">{kinds.all}</option>
          {kinds.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
      {children}
    </div>
  );
}

interface ListTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly rules: ListRules<Row>;
  readonly first: Sorting;
  readonly searchLabel: string;
  readonly kinds: KindChoice;
  /** `long`: only where the list is longer than a screen, for tables that are a part of a page. */
  readonly tools?: 'always' | 'long';
  readonly twoLine?: boolean;
  /** Where the view stands in the address; without it the table keeps its own. */
  readonly view?: ListView;
  readonly onView?: (view: ListView) => void;
}

export const PAGE_SIZE = 25;
const LONG = 10;

/** A table of rows that are all here: search, filter by kind, sort, a page at a time. */
export function ListTable<Row>({ rows, rules, first, tools = 'always', kinds, searchLabel, ...props }: ListTableProps<Row>) {
  const { t } = useTranslation();
  const [own, setOwn] = useState<ListView>({ search: '', kind: null, sorting: first, page: 0 });
  const { view = own, onView = setOwn, ...table } = props;
  const shown = viewRows(rows, view, { ...rules, pageSize: PAGE_SIZE });
  const used = new Set(rows.map(rules.kindOf));
  const present = { ...kinds, options: kinds.options.filter((option) => used.has(option.value) || option.value === view.kind) };
  return (
    <>
      {(tools === 'always' || rows.length > LONG) && <ListTools searchLabel={searchLabel} kinds={present} view={view} onView={onView} />}
      {shown.count === 0 ? (
        <EmptyState
          title={t('table.noMatch')}
          action={
            <Button
              onClick={() => {
                onView({ ...view, search: '', kind: null, page: 0 });
              }}
            >
              {t('action.clearFilters')}
            </Button>
          }
        />
      ) : (
        <DataTable
          {...table}
          rows={shown.rows}
          sorting={view.sorting}
          onSort={(sorting) => {
            onView({ ...view, sorting, page: 0 });
          }}
        />
      )}
      <Pagination
        page={shown.page}
        pageSize={PAGE_SIZE}
        count={shown.count}
        onPage={(page) => {
          onView({ ...view, page });
        }}
      />
    </>
  );
}
