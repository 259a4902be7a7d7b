import type { Portfolio, TransactionType } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import { LEDGER_COLUMNS, type LedgerColumn, type LedgerFilter } from './ledger-filter.ts';
import './ledger.css';

const TYPES = [
  'buy',
  'sell',
  'deposit',
  'withdrawal',
  'dividend',
  'interest',
  'fee',
  'tax',
  'split',
  'transferIn',
  'transferOut',
  'exchange',
  'returnOfCapital',
  'spinOff',
  'merger',
] as const satisfies readonly TransactionType[];

interface LedgerToolsProps {
  readonly portfolios: readonly Portfolio[];
  readonly filter: LedgerFilter;
  readonly columns: readonly LedgerColumn[];
  readonly onFilter: (change: { readonly [Name in keyof LedgerFilter]?: LedgerFilter[Name] | undefined }) => void;
  readonly onColumns: (columns: readonly LedgerColumn[]) => void;
}

/** Search, filters and the choice of columns. */
export function LedgerTools({ portfolios, filter, columns, onFilter, onColumns }: LedgerToolsProps) {
  const { t } = useTranslation();
  return (
    <div className="toolbar" role="search" aria-label={t('transactions.filter')}>
      <SearchBox
        label={t('transactions.search')}
        value={filter.search ?? ''}
        onChange={(search) => {
          onFilter({ search: search === '' ? undefined : search });
        }}
      />
      <ChoiceBox
        label={t('transactions.type')}
        all={t('transactions.allTypes')}
        value={filter.type}
        options={TYPES.map((value) => ({ value, label: t(`transactionType.${value}`) }))}
        onChoose={(value) => {
          onFilter({ type: TYPES.find((known) => known === value) });
        }}
      />
      <ChoiceBox
        label={t('nav.portfolio')}
        all={t('nav.allPortfolios')}
        value={filter.portfolio}
        options={portfolios.map((portfolio) => ({ value: portfolio.id, label: portfolio.name }))}
        onChoose={(portfolio) => {
          onFilter({ portfolio });
        }}
      />
      {(['from', 'to'] as const).map((name) => (
        <input
          key={name}
          type="date"
          className="input compact"
          aria-label={t(name === 'from' ? 'analysis.from' : 'analysis.to')}
          value={filter[name] ?? ''}
          onChange={(event) => {
            onFilter({ [name]: event.target.value === '' ? undefined : event.target.value });
          }}
        />
      ))}
      <ColumnChoice columns={columns} onColumns={onColumns} />
    </div>
  );
}

function ColumnChoice({ columns, onColumns }: Pick<LedgerToolsProps, 'columns' | 'onColumns'>) {
  const { t } = useTranslation();
  return (
    <details className="column-choice">
      <summary>{t('ledger.columns')}</summary>
      <fieldset>
        <legend className="sr-only">{t('ledger.columns')}</legend>
        {LEDGER_COLUMNS.filter((column) => column !== 'type').map((column) => (
          <label className="check" key={column}>
            <input
              type="checkbox"
              checked={columns.includes(column)}
              onChange={(event) => {
                onColumns(event.target.checked ? [...columns, column] : columns.filter((known) => known !== column));
              }}
            />
            <span>{t(`ledger.column.${column}`)}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
