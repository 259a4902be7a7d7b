import type { Portfolio, Statement, StatementFormat } from '@holdfast/sdk';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { SelectField } from '../../ui/field.tsx';
import { DropZone } from '../../ui/files/drop-zone.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';

interface StatementFormProps {
  /** Tracked portfolios; the others' transactions come from orders. */
  readonly portfolios: readonly Portfolio[];
  readonly portfolioId: string;
  readonly onPortfolio: (id: string) => void;
  readonly onRead: (statement: Statement, file: File) => void;
}

const formatsQuery = queryOptions({
  queryKey: ['statement-formats'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => (await api.statements.formats(signal)).items,
});

/** Where a broker's file goes. It is read at once, and nothing is recorded before it was looked at. */
export function StatementForm({ portfolios, portfolioId, onPortfolio, onRead }: StatementFormProps) {
  const { t } = useTranslation();
  const [format, setFormat] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const { data: formats = [] } = useQuery(formatsQuery);
  const known = formats.find((candidate) => candidate.format === format)?.format;
  const read = useMutation({
    mutationFn: ({ chosen, as }: { readonly chosen: File; readonly as: StatementFormat | undefined }) =>
      api.statements.preview(portfolioId, chosen, as === undefined ? {} : { format: as }),
    onSuccess: (statement, { chosen }) => {
      setFile(null);
      onRead(statement, chosen);
    },
  });
  return (
    <section className="card" aria-labelledby="new-statement">
      <h2 id="new-statement">{t('statements.new')}</h2>
      <p className="muted">{t('statements.lead')}</p>
      <FormProblem text={read.error === null ? null : describeError(read.error, t).detail} />
      <div className="columns">
        <div className="half">
          <SelectField
            label={t('statements.into')}
            value={portfolioId}
            onChange={(event) => {
              onPortfolio(event.target.value);
            }}
          >
            {portfolios.map((portfolio) => (
              <option key={portfolio.id} value={portfolio.id}>
                {portfolio.name}
              </option>
            ))}
          </SelectField>
        </div>
        <div className="half">
          <SelectField
            label={t('statements.format')}
            value={format}
            onChange={(event) => {
              setFormat(event.target.value);
            }}
          >
            <option value="">{t('statements.recognised')}</option>
            {formats.map((candidate) => (
              <option key={candidate.format} value={candidate.format}>
                {candidate.title}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
      <DropZone
        file={file}
        prompt={t('statements.choose')}
        accept=".csv,.json,.xml,.txt,text/csv,application/json,text/xml"
        onFile={(chosen) => {
          setFile(chosen);
          if (chosen !== null) read.mutate({ chosen, as: known });
        }}
      />
      <p role="status" className="small muted">
        {read.isPending && t('statements.reading')}
      </p>
    </section>
  );
}
