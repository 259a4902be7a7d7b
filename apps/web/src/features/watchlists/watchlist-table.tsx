import type { WatchlistItem, WatchlistWithItems } from '@holdfast/sdk';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { quoteNow, useQuote, useQuoteSeed } from '../../live/use-quote.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { LivePrice } from '../../ui/figures/live-price.tsx';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules, ListView } from '../../ui/tables/list-view.ts';
import type { SortValue } from '../../ui/tables/sort-rows.ts';
import { ItemLine } from './item-line.tsx';
import { ItemTarget } from './item-target.tsx';
import { MoveHandle } from './move-handle.tsx';
import { targetDistance } from './target-distance.ts';
import { useMoveItem, type MoveItem } from './use-move-item.ts';
import './watchlists.css';

export const WATCH_COLUMNS = ['place', 'symbol', 'price', 'change', 'target'] as const;
export const OWN_ORDER = { column: 'place', descending: false };

const ASSET_CLASSES = ['stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other'] as const;

interface WatchlistTableProps {
  readonly list: WatchlistWithItems;
  readonly view: ListView;
  readonly onView: (view: ListView) => void;
  readonly onEdit: (item: WatchlistItem) => void;
}

/** The items at live prices; rows can be moved while all of them stand in the user's own order. */
export function WatchlistTable({ list, view, onView, onEdit }: WatchlistTableProps) {
  const { t } = useTranslation();
  const moving = useMoveItem(list.id);
  useQuoteSeed(list.items.map(({ symbol }) => symbol));
  const inOrder = view.sorting.column === 'place' && !view.sorting.descending && view.search === '' && view.kind === null;
  const classes = ASSET_CLASSES.map((value) => ({ value, label: t(`assetClass.${value}`) }));
  return (
    <>
      <ListTable
        caption={list.name}
        twoLine
        columns={columnsOf(t, { onEdit, moving: inOrder && list.items.length > 1 ? moving : null, count: list.items.length })}
        rows={list.items}
        rowKey={(item) => item.instrumentId}
        rules={RULES}
        first={OWN_ORDER}
        searchLabel={t('watch.search')}
        kinds={{ label: t('markets.class'), all: t('watch.allClasses'), options: classes }}
        view={view}
        onView={onView}
      />
      <p className="sr-only" role="status">
        {moving.said}
      </p>
    </>
  );
}

const RULES: ListRules<WatchlistItem> = {
  textOf: ({ symbol, name, note }) => `${symbol} ${name} ${note}`,
  kindOf: ({ assetClass }) => assetClass,
  valueOf: sortValueOf,
};

/** Figures as they stand when the list is drawn: rows do not jump with every tick. */
function sortValueOf(item: WatchlistItem, column: string): SortValue {
  const quote = quoteNow(item.symbol) ?? item.quote;
  switch (column) {
    case 'symbol':
      return item.symbol;
    case 'price':
      return quote === null ? null : approximate(quote.last);
    case 'change':
      return quote?.changePercent ?? null;
    case 'target':
      return targetDistance(quote?.last, item.targetPrice);
    default:
      return item.position;
  }
}

interface RowActions {
  readonly onEdit: (item: WatchlistItem) => void;
  /** Null while rows cannot be moved. */
  readonly moving: MoveItem | null;
  readonly count: number;
}

function columnsOf(t: Translate, { onEdit, moving, count }: RowActions): Column<WatchlistItem>[] {
  return [
    { id: 'symbol', header: t('watch.column.symbol'), sortable: true, cell: (item) => <ItemName item={item} /> },
    {
      id: 'price',
      header: t('watch.column.price'),
      method: t('method.position.price'),
      end: true,
      sortable: true,
      cell: (item) => <ItemPrice item={item} />,
    },
    {
      id: 'change',
      header: t('watch.column.change'),
      method: t('method.quote.change'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (item) => <ItemChange item={item} />,
    },
    {
      id: 'line',
      header: t('watch.column.line'),
      method: t('watch.method.line'),
      wideOnly: true,
      cell: (item) => <ItemLine item={item} />,
    },
    {
      id: 'target',
      header: t('watch.column.target'),
      method: t('watch.method.distance'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (item) => <ItemTarget item={item} />,
    },
    {
      id: 'place',
      header: t('watch.column.place'),
      sortable: true,
      wideOnly: true,
      cell: (item) =>
        moving === null ? (
          <span className="faint">{item.position + 1}</span>
        ) : (
          <MoveHandle symbol={item.symbol} place={item.position} count={count} moving={moving} />
        ),
    },
    {
      id: 'actions',
      header: t('watch.column.actions'),
      end: true,
      cell: (item) => (
        <IconButton
          icon="edit"
          label={t('watch.edit', { symbol: item.symbol })}
          onClick={() => {
            onEdit(item);
          }}
        />
      ),
    },
  ];
}

function ItemName({ item }: { readonly item: WatchlistItem }) {
  const { t } = useTranslation();
  return (
    <div className="item-name">
      <SymbolCell symbol={item.symbol} name={item.name} />
      {item.status === 'inactive' && <Badge look="warn">{t('markets.inactive')}</Badge>}
      {item.note !== '' && <span className="small muted truncate item-note">{item.note}</span>}
    </div>
  );
}

function ItemPrice({ item }: { readonly item: WatchlistItem }) {
  const quote = useQuote(item.symbol) ?? item.quote ?? undefined;
  return (
    <div className="cell-stack">
      <span>
        <LivePrice value={quote?.last} currency={item.currency} /> <span className="small faint">{item.currency}</span>
      </span>
      <span className="only-phone small">
        <Change amount={quote?.change} percent={quote?.changePercent} currency={item.currency} price />
      </span>
    </div>
  );
}

function ItemChange({ item }: { readonly item: WatchlistItem }) {
  const quote = useQuote(item.symbol) ?? item.quote ?? undefined;
  return <Change amount={quote?.change} percent={quote?.changePercent} currency={item.currency} price />;
}
