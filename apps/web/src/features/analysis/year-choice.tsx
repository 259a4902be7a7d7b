import { useTranslation } from '../../i18n/use-translation.ts';

interface YearChoiceProps {
  readonly years: readonly number[];
  readonly value: number | undefined;
  readonly onChange: (year: number | undefined) => void;
}

/** All years or one of them; the one an address names is offered even where nothing happened in it. */
export function YearChoice({ years, value, onChange }: YearChoiceProps) {
  const { t } = useTranslation();
  const offered = [...new Set([...years, ...(value === undefined ? [] : [value])])].toSorted((a, b) => b - a);
  return (
    <select
      className="input compact head-choice"
      aria-label={t('analysis.year')}
      value={value ?? ''}
      onChange={(event) => {
        onChange(event.target.value === '' ? undefined : Number(event.target.value));
      }}
    >
      <option value="">{t('analysis.allYears')}</option>
      {offered.map((year) => (
        <option key={year} value={year}>
          {year}
        </option>
      ))}
    </select>
  );
}

/** From the year something was opened up to this one. */
export function yearsSince(instant: string): number[] {
  const first = new Date(instant).getFullYear();
  const last = new Date().getFullYear();
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => last - index);
}
