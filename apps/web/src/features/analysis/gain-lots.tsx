import type { RealizedGains } from '@holdfast/sdk';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { approximate, directionOf } from '../../ui/figures/decimal-text.ts';
import { Figure, Money, Quantity } from '../../ui/figures/figures.tsx';
import { formatDay } from '../../ui/figures/format-age.ts';
import type { FigureStyle } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { saveCsv } from '../../ui/files/save-file.ts';
import { writeCsv } from '../../ui/files/write-csv.ts';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';
import type { ListRules } from '../../ui/tables/list-view.ts';

type GainLot = RealizedGains['items'][number];

const NEWEST_FIRST = { column: 'disposed', descending: true };
const RULES: ListRules<GainLot> = {
  textOf: (row) => `${row.symbol} ${row.name}`,
  kindOf: (row) => (isWashSale(row) ? 'wash' : (row.term ?? 'pooled')),
  valueOf: (row, column) => {
    if (column === 'symbol') return row.symbol;
    if (column === 'acquired') return row.acquiredOn;
    if (column === 'gain') return approximate(row.gain);
    return column === 'proceeds' ? approximate(row.proceeds) : row.disposedOn;
  },
};

/** One row a lot: bought, sold, what it cost and brought, for how long it was held, and whether a loss is not taken off. */
export function GainLots({ gains, name }: { readonly gains: RealizedGains; readonly name: string }) {
  const { t } = useTranslation();
  const { style, hidden } = useFigureStyle();
  return (
    <section className="card flush" aria-labelledby="lots">
      <div className="card-head">
        <h2 id="lots">{t('analysis.lots')}</h2>
        <Button
          size="small"
          icon="download"
          disabled={hidden}
          onClick={() => {
            saveCsv(name, csvOf(gains.items));
          }}
        >
          CSV
        </Button>
      </div>
      <ListTable
        caption={t('analysis.lots')}
        rows={gains.items}
        rowKey={(row) => `${row.transactionId} ${row.lotId}`}
        rules={RULES}
        first={NEWEST_FIRST}
        searchLabel={t('positions.search')}
        kinds={{
          label: t('analysis.term'),
          all: t('analysis.allTerms'),
          options: (['short', 'long', 'wash'] as const).map((value) => ({ value, label: t(`analysis.terms.${value}`) })),
        }}
        twoLine
        columns={columnsOf(t, gains.currency, style)}
      />
    </section>
  );
}

function isWashSale(row: GainLot): boolean {
  return directionOf(row.disallowed, 2) !== 'flat';
}

function columnsOf(t: Translate, currency: string, style: FigureStyle): Column<GainLot>[] {
  const day = (value: string | null): string => (value === null ? '' : formatDay(value, style));
  return [
    { id: 'symbol', header: t('positions.name'), sortable: true, cell: (row) => <SymbolCell symbol={row.symbol} name={row.name} /> },
    { id: 'quantity', header: t('positions.quantity'), end: true, wideOnly: true, cell: (row) => <Quantity value={row.quantity} /> },
    {
      id: 'acquired',
      header: t('analysis.acquired'),
      sortable: true,
      wideOnly: true,
      cell: (row) => <Figure>{day(row.acquiredOn)}</Figure>,
    },
    {
      id: 'disposed',
      header: t('analysis.disposed'),
      sortable: true,
      wideOnly: true,
      cell: (row) => <Figure>{day(row.disposedOn)}</Figure>,
    },
    {
      id: 'term',
      header: t('analysis.term'),
      wideOnly: true,
      cell: (row) => (
        <span className="row tight">
          {row.term !== null && <Badge look="soft">{t(`analysis.terms.${row.term}`)}</Badge>}
          {isWashSale(row) && <Badge look="warn">{t('analysis.terms.wash')}</Badge>}
        </span>
      ),
    },
    ...(['proceeds', 'cost'] as const).map((id): Column<GainLot> => ({
      id,
      header: t(`analysis.gainNames.${id}`),
      method: t(`method.gains.${id}`),
      end: true,
      wideOnly: true,
      sortable: id === 'proceeds',
      cell: (row) => <Money value={row[id]} currency={currency} />,
    })),
    {
      id: 'gain',
      header: `${t('analysis.gainNames.gain')} ${currency}`,
      method: t('method.gains.gain'),
      end: true,
      sortable: true,
      cell: (row) => (
        <span className="cell-stack">
          <Change amount={row.gain} currency={currency} />
          {isWashSale(row) && (
            <span className="small warn-text">
              {t('analysis.disallowed')} <Money value={row.disallowed} currency={currency} />
            </span>
          )}
        </span>
      ),
    },
  ];
}

const FILE_COLUMNS = [
  'symbol',
  'name',
  'quantity',
  'acquiredOn',
  'disposedOn',
  'term',
  'proceeds',
  'cost',
  'gain',
  'disallowed',
  'transactionId',
  'lotId',
] as const satisfies readonly (keyof GainLot)[];

function csvOf(items: readonly GainLot[]): string {
  return writeCsv(
    FILE_COLUMNS,
    items.map((item) => FILE_COLUMNS.map((name) => item[name])),
  );
}
