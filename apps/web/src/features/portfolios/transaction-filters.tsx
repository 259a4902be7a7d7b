import type { TransactionType } from '@holdfast/sdk';
import { useId } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { SearchBox } from '../../ui/search-box.tsx';

export interface TransactionFilter {
  readonly search?: string | undefined;
  readonly type?: TransactionType | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sort?: string | undefined;
}

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

interface FiltersProps {
  readonly filter: TransactionFilter;
  readonly onFilter: (filter: TransactionFilter) => void;
}

export function TransactionFilters({ filter, onFilter }: FiltersProps) {
  const { t } = useTranslation();
  const set = (change: TransactionFilter): void => {
    onFilter({ ...filter, ...change });
  };
  const any = [filter.search, filter.type, filter.from, filter.to].some((value) => value !== undefined);
  return (
    <div className="toolbar" role="search" aria-label={t('transactions.filter')}>
      <SearchBox
        label={t('transactions.search')}
        value={filter.search ?? ''}
        onChange={(search) => {
          set({ search: search === '' ? undefined : search });
        }}
      />
      <select
        className="input compact"
        aria-label={t('transactions.type')}
        value={filter.type ?? ''}
        onChange={(event) => {
          set({ type: TYPES.find((type) => type === event.target.value) });
        }}
      >
        <option value="">{t('transactions.allTypes')}</option>
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {t(`transactionType.${type}`)}
          </option>
        ))}
      </select>
      <DayBox
        label={t('transactions.from')}
        value={filter.from}
        onChange={(from) => {
          set({ from });
        }}
      />
      <DayBox
        label={t('transactions.to')}
        value={filter.to}
        onChange={(to) => {
          set({ to });
        }}
      />
      {any && (
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

interface DayBoxProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

function DayBox({ label, value, onChange }: DayBoxProps) {
  const id = useId();
  return (
    <span className="row tight">
      <label className="small muted" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input compact grow"
        type="date"
        value={value ?? ''}
        onChange={(event) => {
          onChange(event.target.value === '' ? undefined : event.target.value);
        }}
      />
    </span>
  );
}
