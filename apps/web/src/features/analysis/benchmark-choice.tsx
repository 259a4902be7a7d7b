import { useQuery } from '@tanstack/react-query';
import { benchmarksQuery } from '../../api/analysis-queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import './analysis.css';

interface BenchmarkChoiceProps {
  readonly value: string | undefined;
  readonly onChange: (symbol: string | undefined) => void;
}

/** An index to be held against; what an address names is offered as well. */
export function BenchmarkChoice({ value, onChange }: BenchmarkChoiceProps) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(benchmarksQuery);
  const known = data.some((instrument) => instrument.symbol === value);
  return (
    <select
      className="input compact benchmark-choice"
      aria-label={t('analysis.benchmark')}
      value={value ?? ''}
      onChange={(event) => {
        onChange(event.target.value === '' ? undefined : event.target.value);
      }}
    >
      <option value="">{t('analysis.noBenchmark')}</option>
      {value !== undefined && !known && <option>{value}</option>}
      {data.map((instrument) => (
        <option key={instrument.id} value={instrument.symbol}>
          {instrument.name}
        </option>
      ))}
    </select>
  );
}
