import type { Risk } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { riskQuery } from '../../api/analysis-queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Figure, Missing, Percent } from '../../ui/figures/figures.tsx';
import { formatDay } from '../../ui/figures/format-age.ts';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { BenchmarkChoice } from './benchmark-choice.tsx';
import { PeriodChoice } from './period-choice.tsx';
import { boundsOfPeriod, type Period } from './period.ts';

interface RiskPanelProps {
  readonly portfolioId: string;
  readonly period: Period;
  readonly benchmark: string | undefined;
  readonly onChange: (change: { readonly period?: Period; readonly benchmark?: string | undefined }) => void;
}

/** How bumpy the road was, alone and beside a benchmark; every figure says how it is worked out. */
export function RiskPanel({ portfolioId, period, benchmark, onChange }: RiskPanelProps) {
  const { t } = useTranslation();
  const { range, from, to } = period;
  const bounds = useMemo(
    () => boundsOfPeriod({ range, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }, new Date()),
    [range, from, to],
  );
  const query = useQuery(riskQuery(portfolioId, { ...bounds, ...(benchmark === undefined ? {} : { benchmark }) }));
  return (
    <section className="card" aria-labelledby="risk">
      <div className="card-head">
        <h2 id="risk">{t('analysis.risk')}</h2>
        <BenchmarkChoice
          value={benchmark}
          onChange={(symbol) => {
            onChange({ benchmark: symbol });
          }}
        />
      </div>
      <PeriodChoice
        period={period}
        onPeriod={(next) => {
          onChange({ period: next });
        }}
      />
      <Loaded query={query} height={240}>
        {(risk) =>
          risk.observations < 2 ? (
            <EmptyState title={t('analysis.tooShort')}>{t('analysis.riskShort')}</EmptyState>
          ) : (
            <RiskFigures risk={risk} />
          )
        }
      </Loaded>
    </section>
  );
}

const RATIOS = ['sharpe', 'sortino', 'calmar', 'omega'] as const;
const SHARES = ['volatility', 'downsideDeviation'] as const;
const LOSSES = ['valueAtRisk', 'parametricValueAtRisk', 'conditionalValueAtRisk'] as const;

function RiskFigures({ risk }: { readonly risk: Risk }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const share = (value: number | null): ReactNode => <Percent value={value === null ? null : value * 100} />;
  const ratio = (value: number | null): ReactNode =>
    value === null ? <Missing reason={t('analysis.tooLittle')} /> : <Figure>{formatCount(value, style)}</Figure>;
  const fact = (name: RiskName, value: ReactNode): Fact => ({
    label: t(`analysis.riskNames.${name}`),
    method: t(`method.risk.${name}`),
    value,
  });
  const fall = risk.maxDrawdown;
  const rows = [
    ...SHARES.map((name) => fact(name, share(risk[name]))),
    fact('maxDrawdown', <Change percent={fall === null ? null : -fall.depth * 100} />),
    ...RATIOS.map((name) => fact(name, ratio(risk[name]))),
    ...LOSSES.map((name) => fact(name, share(risk[name]))),
    fact('observations', <Figure>{formatCount(risk.observations, style)}</Figure>),
  ];
  return (
    <>
      <Facts rows={rows} />
      {fall !== null && (
        <p className="small muted">
          {t('analysis.deepest', { peak: formatDay(fall.peakOn, style), trough: formatDay(fall.troughOn, style) })}{' '}
          {fall.recoveredOn === null ? t('analysis.stillBelow') : t('analysis.recoveredOn', { day: formatDay(fall.recoveredOn, style) })}
        </p>
      )}
      {risk.benchmark !== null && <Beside benchmark={risk.benchmark} />}
    </>
  );
}

type RiskName =
  | (typeof RATIOS)[number]
  | (typeof SHARES)[number]
  | (typeof LOSSES)[number]
  | 'maxDrawdown'
  | 'observations'
  | 'beta'
  | 'alpha'
  | 'trackingError'
  | 'informationRatio'
  | 'upCapture'
  | 'downCapture';

function Beside({ benchmark }: { readonly benchmark: NonNullable<Risk['benchmark']> }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const plain = ['beta', 'informationRatio'] as const;
  const shares = ['alpha', 'trackingError', 'upCapture', 'downCapture'] as const;
  const rows: Fact[] = [
    ...plain.map((name) => ({
      label: t(`analysis.riskNames.${name}`),
      method: t(`method.risk.${name}`),
      value: benchmark[name] === null ? <Missing /> : <Figure>{formatCount(benchmark[name], style)}</Figure>,
    })),
    ...shares.map((name) => ({
      label: t(`analysis.riskNames.${name}`),
      method: t(`method.risk.${name}`),
      value: <Percent value={benchmark[name] === null ? null : benchmark[name] * 100} />,
    })),
  ];
  return (
    <>
      <h3>{t('analysis.beside', { name: benchmark.name })}</h3>
      <Facts rows={rows} />
    </>
  );
}
