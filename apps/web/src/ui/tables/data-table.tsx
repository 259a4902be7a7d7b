import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import '../explained.css';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the end, so that their digits line up. */
  readonly end?: boolean;
  readonly sortable?: boolean;
  /** How the figures of the column are worked out: on the head for a pointer, below the table for everybody. */
  readonly method?: string;
  /** Left out on phones, where the row's first and last cells carry it in a second line. */
  readonly wideOnly?: boolean;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly sorting?: Sorting | undefined;
  readonly onSort?: (sorting: Sorting) => void;
  readonly twoLine?: boolean;
}

/** A real table: caption for screen readers, the first cell of a row is its header, sorting by buttons in the head. */
export function DataTable<Row>({ caption, columns, rows, rowKey, sorting, onSort, twoLine = false }: DataTableProps<Row>) {
  return (
    <>
      <div className="table-frame" tabIndex={0} role="group" aria-label={caption}>
        <table className={twoLine ? 'table two-line' : 'table'}>
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeadCell key={column.id} column={column} className={cellClass(column, columns)} sorting={sorting} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column, index) => {
                  const className = cellClass(column, columns);
                  return index === 0 ? (
                    <th key={column.id} scope="row" className={className}>
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.id} className={className}>
                      {column.cell(row)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Methods columns={columns} />
    </>
  );
}

/** For fingers, keys and screen readers, which have no pointer to rest on a head. */
function Methods<Row>({ columns }: { readonly columns: readonly Column<Row>[] }) {
  const { t } = useTranslation();
  const told = columns.filter((column) => column.method !== undefined);
  if (told.length === 0) return null;
  return (
    <details className="methods">
      <summary>{t('table.methods')}</summary>
      <dl>
        {told.map((column) => (
          <div key={column.id}>
            <dt>{column.header}</dt>
            <dd>{column.method}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function cellClass<Row>(column: Column<Row>, columns: readonly Column<Row>[]): string | undefined {
  const last = columns.findLast((known) => known.wideOnly !== true) === column;
  const classes = [column.end === true ? 'end' : '', column.wideOnly === true ? 'not-phone' : '', last ? 'last-on-phone' : '']
    .filter(Boolean)
    .join(' ');
  return classes === '' ? undefined : classes;
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly className: string | undefined;
  readonly sorting: Sorting | undefined;
  readonly onSort: ((sorting: Sorting) => void) | undefined;
}

export function HeadCell<Row>({ column, className, sorting, onSort }: HeadCellProps<Row>) {
  const sorted = sorting?.column === column.id;
  const order = sorted ? (sorting.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" className={className} aria-sort={order} title={column.method}>
      {column.sortable === true && onSort !== undefined ? (
        <button
          type="button"
          className="sort"
          onClick={() => {
            onSort({ column: column.id, descending: sorted ? !sorting.descending : column.end === true });
          }}
        >
          {column.header}
          <span className="mark" aria-hidden="true">
            {order === undefined ? '' : order === 'descending' ? '↓' : '↑'}
          </span>
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}
