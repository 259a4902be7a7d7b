import type { NewReport, Portfolio, ReportFormat, ReportKind } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { SelectField } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { showToast } from '../../ui/toast.tsx';
import { reportsKey } from './reports-query.ts';

const KINDS = ['holdings', 'transactions', 'realized-gains', 'performance', 'income'] as const satisfies readonly ReportKind[];
const FORMATS = ['pdf', 'xlsx', 'csv'] as const satisfies readonly ReportFormat[];

interface ReportFormProps {
  readonly portfolio: Portfolio;
  readonly years: readonly number[];
}

/** What, for which time, as which file. It is made in the background, however large. */
export function ReportForm({ portfolio, years }: ReportFormProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ReportKind>('realized-gains');
  const [format, setFormat] = useState<ReportFormat>('pdf');
  const [year, setYear] = useState('');
  const create = useCreateReport(portfolio.id);
  return (
    <form
      className="card"
      aria-labelledby="new-report"
      onSubmit={(event) => {
        event.preventDefault();
        const time = kind === 'holdings' || year === '' ? {} : { year: Number(year) };
        create.mutate({ portfolioId: portfolio.id, report: kind, format, ...time });
      }}
    >
      <h2 id="new-report">{t('reports.title')}</h2>
      <p className="muted">{t('reports.lead')}</p>
      <FormProblem text={create.error === null ? null : describeError(create.error, t).detail} />
      <SelectField
        label={t('reports.kind')}
        hint={t(`reports.texts.${kind}`)}
        value={kind}
        onChange={(event) => {
          setKind(KINDS.find((known) => known === event.target.value) ?? kind);
        }}
      >
        {KINDS.map((name) => (
          <option key={name} value={name}>
            {t(`reports.kinds.${name}`)}
          </option>
        ))}
      </SelectField>
      {kind !== 'holdings' && (
        <SelectField
          label={t('reports.period')}
          value={year}
          onChange={(event) => {
            setYear(event.target.value);
          }}
        >
          <option value="">{t('reports.wholeTime')}</option>
          {years.map((known) => (
            <option key={known} value={known}>
              {known}
            </option>
          ))}
        </SelectField>
      )}
      <div className="row between">
        <Segmented
          label={t('reports.format')}
          value={format}
          onChange={setFormat}
          options={FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
        />
        <Button type="submit" look="primary" icon="download" busy={create.isPending}>
          {t('reports.create')}
        </Button>
      </div>
    </form>
  );
}

function useCreateReport(portfolioId: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (wanted: NewReport) => api.reports.create(wanted, key),
    onSuccess: async () => {
      showToast({ look: 'ok', text: t('reports.started') });
      await client.invalidateQueries({ queryKey: reportsKey(portfolioId) });
    },
    onSettled: () => {
      setKey(newKey());
    },
  });
}
