import type { AllocationSlice, Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { allocationQuery } from '../../api/queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { AllocationBar, nameOfPart } from '../../ui/allocation/allocation-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Explained } from '../../ui/explained.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Money, Percent } from '../../ui/figures/figures.tsx';
import { roundedWeights } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { saveCsv } from '../../ui/files/save-file.ts';
import { writeCsv } from '../../ui/files/write-csv.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { ListTable } from '../../ui/tables/list-table.tsx';

const KEYS = ['assetClass', 'symbol', 'sector', 'country', 'currency'] as const;
export type AllocationKey = (typeof KEYS)[number];

interface AllocationTableProps {
  readonly portfolio: Portfolio;
  readonly by: AllocationKey;
  readonly onBy: (by: AllocationKey) => void;
}

interface Part {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly weight: number;
}

/** How the value is spread by each of five keys: a bar for the eye, a table for the rest. */
export function AllocationTable({ portfolio, by, onBy }: AllocationTableProps) {
  const { t } = useTranslation();
  const { hidden } = useFigureStyle();
  const query = useQuery(allocationQuery(portfolio.id, by));
  return (
    <section className="card" aria-labelledby="allocation">
      <div className="card-head">
        <h2 id="allocation">
          <Explained label={t('allocation.title')} method={t('method.allocation')} />
        </h2>
        <Button
          size="small"
          icon="download"
          disabled={hidden || query.data === undefined}
          onClick={() => {
            const rows = (query.data ?? []).map((slice) => [slice.key, slice.value, slice.weight] as const);
            saveCsv(`${portfolio.name} ${t('allocation.title')}`, writeCsv(['key', 'value', 'weight'], rows));
          }}
        >
          CSV
        </Button>
      </div>
      <div className="row">
        <Segmented
          label={t('allocation.by')}
          value={by}
          onChange={onBy}
          options={KEYS.map((value) => ({ value, label: t(`analysis.allocationKeys.${value}`) }))}
        />
      </div>
      <Loaded query={query} height={240}>
        {(slices) =>
          slices.length === 0 ? (
            <EmptyState title={t('allocation.empty')} />
          ) : (
            <>
              <AllocationBar slices={slices} />
              <Parts parts={partsOf(slices, by, t)} currency={portfolio.baseCurrency} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function partsOf(slices: readonly AllocationSlice[], by: AllocationKey, t: Translate): Part[] {
  const weights = roundedWeights(slices.map((slice) => slice.weight));
  return slices.map((slice, index) => ({
    key: slice.key,
    name: nameOfPart(slice.key, by, t),
    value: slice.value,
    weight: weights[index] ?? 0,
  }));
}

const LARGEST_FIRST = { column: 'value', descending: true };

function Parts({ parts, currency }: { readonly parts: readonly Part[]; readonly currency: string }) {
  const { t } = useTranslation();
  const columns: Column<Part>[] = [
    { id: 'name', header: t('analysis.part'), sortable: true, cell: (row) => row.name },
    {
      id: 'value',
      header: `${t('positions.value')} ${currency}`,
      end: true,
      sortable: true,
      cell: (row) => <Money value={row.value} currency={currency} />,
    },
    { id: 'weight', header: t('positions.weight'), end: true, cell: (row) => <Percent value={row.weight} digits={1} /> },
  ];
  return (
    <ListTable
      caption={t('allocation.title')}
      rows={parts}
      rowKey={(row) => row.key}
      rules={{
        textOf: (row) => row.name,
        kindOf: () => '',
        valueOf: (row, column) => (column === 'name' ? row.name : approximate(row.value)),
      }}
      first={LARGEST_FIRST}
      searchLabel={t('analysis.searchSources')}
      kinds={{ label: '', all: '', options: [] }}
      tools="long"
      columns={columns}
    />
  );
}
