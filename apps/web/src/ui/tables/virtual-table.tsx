import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { HeadCell, type Column, type Sorting } from './data-table.tsx';
import './virtual-table.css';

interface VirtualTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** How many there are on the server; null while that is not known. */
  readonly count: number | null;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  /** Called when the last rows that are here come into view. */
  readonly onEnd: () => void;
}

const OVERSCAN = 8;
const NEAR_THE_END = 20;
const ROW_PX = 40;

/** A table of any length: only the rows in view are in the page, and a screen reader is told which of how many they are. */
export function VirtualTable<Row>({ caption, columns, rows, rowKey, count, sorting, onSort, onEnd }: VirtualTableProps<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const near = last >= rows.length - NEAR_THE_END;
  useEffect(() => {
    if (near) onEnd();
  }, [near, rows.length, onEnd]);
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div className="table-frame virtual-frame" ref={frame} tabIndex={0} role="group" aria-label={caption}>
      <table className="table" aria-rowcount={count === null ? -1 : count + 1}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} className={classOf(column, columns)} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} columns={columns.length} />
          {shown.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <tr key={item.key} data-index={item.index} aria-rowindex={item.index + 2} ref={virtual.measureElement}>
                {columns.map((column, index) => {
                  const className = classOf(column, columns);
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
            );
          })}
          <Spacer height={after} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not in the page, so that the scroll bar tells the truth. */
function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function classOf<Row>(column: Column<Row>, columns: readonly Column<Row>[]): string | undefined {
  const last = columns.findLast((known) => known.wideOnly !== true) === column;
  const classes = [column.end === true ? 'end' : '', column.wideOnly === true ? 'not-phone' : '', last ? 'last-on-phone' : ''];
  return classes.filter(Boolean).join(' ') || undefined;
}
