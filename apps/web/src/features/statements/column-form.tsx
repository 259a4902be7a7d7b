import type { ColumnMapping, Statement } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';

interface ColumnFormProps {
  readonly statement: Statement;
  readonly busy: boolean;
  readonly onMapping: (mapping: ColumnMapping) => void;
}

const FIELDS = ['date', 'type', 'symbol', 'isin', 'name', 'quantity', 'price', 'amount', 'currency', 'fee', 'tax'] as const;

/** Which column of a file of no particular broker has what. It is remembered for files with the same header. */
export function ColumnForm({ statement, busy, onMapping }: ColumnFormProps) {
  const { t } = useTranslation();
  const [columns, setColumns] = useState<ColumnMapping['columns']>(statement.mapping?.columns ?? {});
  const [dayOrder, setDayOrder] = useState<'dmy' | 'mdy' | ''>(statement.mapping?.dayOrder ?? '');
  return (
    <details className="card" open={statement.counts.record === 0}>
      <summary className="strong">{t('statements.columns')}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onMapping({ ...statement.mapping, columns, ...(dayOrder === '' ? {} : { dayOrder }) });
        }}
      >
        <p className="muted">{t('statements.columnsText')}</p>
        <div className="column-grid">
          {FIELDS.map((field) => (
            <SelectField
              key={field}
              label={t(`statements.fields.${field}`)}
              value={columns[field] ?? ''}
              onChange={(event) => {
                const { [field]: _old, ...rest } = columns;
                setColumns(event.target.value === '' ? rest : { ...rest, [field]: event.target.value });
              }}
            >
              <option value="">{t('statements.noColumn')}</option>
              {statement.columns.map((column) => (
                <option key={column}>{column}</option>
              ))}
            </SelectField>
          ))}
          <SelectField
            label={t('statements.dayOrder')}
            value={dayOrder}
            onChange={(event) => {
              setDayOrder(event.target.value === 'dmy' || event.target.value === 'mdy' ? event.target.value : '');
            }}
          >
            <option value="">{t('statements.dayOrders.told')}</option>
            <option value="dmy">{t('statements.dayOrders.dmy')}</option>
            <option value="mdy">{t('statements.dayOrders.mdy')}</option>
          </SelectField>
        </div>
        <div className="row end">
          <Button type="submit" busy={busy}>
            {t('statements.readAgain')}
          </Button>
        </div>
      </form>
    </details>
  );
}
