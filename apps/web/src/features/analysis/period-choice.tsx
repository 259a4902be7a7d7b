import { useTranslation } from '../../i18n/use-translation.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { PERIODS, type Period, type PeriodName } from './period.ts';
import './analysis.css';

interface PeriodChoiceProps {
  readonly period: Period;
  readonly onPeriod: (period: Period) => void;
}

/** A range that ends today, or from a day to a day. */
export function PeriodChoice({ period, onPeriod }: PeriodChoiceProps) {
  const { t } = useTranslation();
  const { from, to } = period;
  const change = (name: 'from' | 'to', day: string): void => {
    const { [name]: _old, ...rest } = { from, to };
    const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    onPeriod({ range: 'custom', ...kept, ...(day === '' ? {} : { [name]: day }) });
  };
  return (
    <div className="row tight period-choice">
      <Segmented<PeriodName | 'custom'>
        label={t('chart.range')}
        value={period.range}
        options={PERIODS.map((value) => ({ value, label: t(`analysis.ranges.${value}`) }))}
        onChange={(range) => {
          onPeriod({ range });
        }}
      />
      <span className="row tight">
        <input
          type="date"
          className="input compact"
          aria-label={t('analysis.from')}
          value={from ?? ''}
          max={to}
          onChange={(event) => {
            change('from', event.target.value);
          }}
        />
        <span className="muted small">{t('transactions.to')}</span>
        <input
          type="date"
          className="input compact"
          aria-label={t('analysis.to')}
          value={to ?? ''}
          min={from}
          onChange={(event) => {
            change('to', event.target.value);
          }}
        />
      </span>
    </div>
  );
}
