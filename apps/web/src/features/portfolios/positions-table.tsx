import './positions-table.css';
import type { Portfolio, Position } from '@holdfast/sdk';
import { useState, type ReactNode } from 'react';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ExplainedFigure } from '../../ui/explain/explained-figure.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Money, Percent, Price, Quantity } from '../../ui/figures/figures.tsx';
import { roundedWeights } from '../../ui/figures/format-figure.ts';
import { LivePrice } from '../../ui/figures/live-price.tsx';
import { useQuote } from '../../live/use-quote.ts';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules, ListView } from '../../ui/tables/list-view.ts';
import type { SortValue } from '../../ui/tables/sort-rows.ts';

type Second = 'gain' | 'day' | 'weight';
const NEXT: Record<Second, Second> = { gain: 'day', day: 'weight', weight: 'gain' };

const EXTRA = ['price', 'cost', 'weight'];
export const POSITION_COLUMNS = ['symbol', 'quantity', 'value', 'day', 'gain', 'weight'] as const;
export const BY_VALUE = { column: 'value', descending: true };
const CLASSES = ['stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other'] as const;

const RULES: ListRules<Position> = {
  textOf: (row) => `${row.symbol} ${row.name}`,
  kindOf: (row) => row.assetClass,
  valueOf,
};

interface PositionsTableProps {
  readonly portfolio: Portfolio;
  readonly positions: readonly Position[];
  /** Beside a ticket there is room for the main columns only. */
  readonly compact?: boolean;
  /** Where the view stands in the address: the table is the page then, and can always be searched. */
  readonly view?: ListView;
  readonly onView?: (view: ListView) => void;
}

/** What is held, at live prices. On a phone each position is two lines, and its change can be tapped to show another one. */
export function PositionsTable({ portfolio, positions, compact = false, ...held }: PositionsTableProps) {
  const { t } = useTranslation();
  const [second, setSecond] = useState<Second>('gain');
  const weights = shownWeights(positions);
  const several = positions.some((position) => position.currency !== portfolio.baseCurrency);
  const onSecond = (): void => {
    setSecond(NEXT[second]);
  };
  const columns = columnsOf({ t, weights, several, second, onSecond });
  return (
    <ListTable
      caption={t('positions.title')}
      twoLine
      columns={compact ? columns.filter((column) => !EXTRA.includes(column.id)) : columns}
      rows={positions}
      rowKey={(position) => `${position.symbol}.${position.exchange}`}
      rules={RULES}
      first={BY_VALUE}
      tools={held.view === undefined ? 'long' : 'always'}
      searchLabel={t('positions.search')}
      kinds={{
        label: t('markets.class'),
        all: t('markets.allClasses'),
        options: CLASSES.map((value) => ({ value, label: t(`assetClass.${value}`) })),
      }}
      {...held}
    />
  );
}

interface ColumnNeeds {
  readonly t: Translate;
  readonly weights: ReadonlyMap<string, number>;
  readonly several: boolean;
  readonly second: Second;
  readonly onSecond: () => void;
}

function columnsOf(needs: ColumnNeeds): Column<Position>[] {
  const { t, weights, several } = needs;
  const unit = several ? ('code' as const) : ('none' as const);
  return [
    { id: 'symbol', header: t('positions.name'), sortable: true, cell: (row) => <SymbolCell symbol={row.symbol} name={row.name} /> },
    {
      id: 'quantity',
      method: t('method.position.quantity'),
      header: t('positions.quantity'),
      end: true,
      wideOnly: true,
      sortable: true,
      cell: (row) => <Quantity value={row.quantity} />,
    },
    {
      id: 'price',
      method: t('method.position.price'),
      header: t('positions.price'),
      end: true,
      wideOnly: true,
      cell: (row) => <PositionPrice position={row} />,
    },
    {
      id: 'cost',
      method: t('method.position.averagePrice'),
      header: t('positions.averagePrice'),
      end: true,
      wideOnly: true,
      cell: (row) => (
        <Explained row={row} figure="costBasis">
          <Price value={row.averagePrice} currency={row.currency} />
        </Explained>
      ),
    },
    {
      id: 'value',
      method: t('method.position.value'),
      header: t('positions.value'),
      end: true,
      sortable: true,
      cell: (row) => <ValueCell row={row} unit={unit} needs={needs} />,
    },
    ...gainColumns(t),
    {
      id: 'weight',
      method: t('method.position.weight'),
      header: t('positions.weight'),
      end: true,
      wideOnly: true,
      sortable: true,
      cell: (row) => <Percent value={weights.get(row.symbol) ?? null} digits={1} />,
    },
  ];
}

function gainColumns(t: Translate): Column<Position>[] {
  return [
    {
      id: 'day',
      method: t('method.position.day'),
      header: t('positions.day'),
      end: true,
      wideOnly: true,
      sortable: true,
      cell: (row) => (
        <Change amount={row.dayChange} currency={row.currency} percent={row.dayChangePercent} reason={t('positions.noPrice')} />
      ),
    },
    {
      id: 'gain',
      method: t('method.position.gain'),
      header: t('positions.gain'),
      end: true,
      wideOnly: true,
      sortable: true,
      cell: (row) => (
        <Explained row={row} figure="unrealizedGain">
          <Change amount={row.unrealizedGain} currency={row.currency} percent={row.unrealizedGainPercent} reason={t('positions.noPrice')} />
        </Explained>
      ),
    },
  ];
}

interface ExplainedProps {
  readonly row: Position;
  readonly figure: 'marketValue' | 'unrealizedGain' | 'costBasis';
  readonly children: ReactNode;
}

/** The part of the portfolio's figure that is this position's. */
function Explained({ row, figure, children }: ExplainedProps) {
  return row.marketValue === null ? children : <ExplainedFigure wish={`${figure}:${row.symbol}`}>{children}</ExplainedFigure>;
}

function PositionPrice({ position }: { readonly position: Position }) {
  const quote = useQuote(position.symbol);
  return <LivePrice value={quote?.last ?? position.price} currency={position.currency} />;
}

function ValueCell({ row, unit, needs }: { readonly row: Position; readonly unit: 'code' | 'none'; readonly needs: ColumnNeeds }) {
  const { t, second, weights, onSecond } = needs;
  const reason = t('positions.noPrice');
  return (
    <div className="cell-stack">
      <Explained row={row} figure="marketValue">
        <Money value={row.marketValue} currency={row.currency} unit={unit} reason={reason} />
      </Explained>
      <button type="button" className="phone-cycle only-phone" onClick={onSecond} title={t(`positions.${second}`)}>
        {second === 'gain' && <Change amount={row.unrealizedGain} currency={row.currency} reason={reason} />}
        {second === 'day' && <Change amount={row.dayChange} currency={row.currency} reason={reason} />}
        {second === 'weight' && <Percent value={weights.get(row.symbol) ?? null} digits={1} />}
      </button>
    </div>
  );
}

/** Weights that add up as shown; cash is not among the positions, so they add up to what is invested. */
function shownWeights(positions: readonly Position[]): ReadonlyMap<string, number> {
  const known = positions.filter((position) => position.weight !== null);
  const rounded = roundedWeights(known.map((position) => position.weight ?? 0));
  return new Map(known.map((position, index) => [position.symbol, rounded[index] ?? 0]));
}

/** Amounts in several currencies are compared in the portfolio's: weight over value is the same for all of them, but for the rate. */
function valueOf(row: Position, column: string): SortValue {
  if (column === 'symbol') return row.symbol;
  if (column === 'quantity') return approximate(row.quantity);
  if (column === 'weight' || column === 'value') return row.weight;
  const amount = column === 'day' ? row.dayChange : row.unrealizedGain;
  if (amount === null || row.weight === null || row.marketValue === null) return null;
  const value = approximate(row.marketValue);
  return value === 0 ? approximate(amount) : (approximate(amount) * row.weight) / value;
}
