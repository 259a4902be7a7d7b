import type { CostMethod, Portfolio, RealizedGains } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { realizedGainsQuery } from '../../api/analysis-queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Explained } from '../../ui/explained.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money } from '../../ui/figures/figures.tsx';
import { EmptyState, Loaded, Notice } from '../../ui/states.tsx';
import { GainLots } from './gain-lots.tsx';
import { YearChoice } from './year-choice.tsx';
import './analysis.css';

interface GainsPanelProps {
  readonly portfolio: Portfolio;
  readonly year: number | undefined;
  readonly method: CostMethod | undefined;
  readonly onChange: (change: { readonly year?: number | undefined; readonly method?: CostMethod | undefined }) => void;
}

const METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const satisfies readonly CostMethod[];

/** What sales brought in a tax year, lot by lot, also as another cost method would have it. */
export function GainsPanel({ portfolio, year, method, onChange }: GainsPanelProps) {
  const { t } = useTranslation();
  const query = useQuery(
    realizedGainsQuery(portfolio.id, {
      ...(year === undefined ? {} : { year }),
      ...(method === undefined || method === portfolio.costMethod ? {} : { costMethod: method }),
    }),
  );
  const chosen = method ?? portfolio.costMethod;
  return (
    <div className="stack wide">
      <section className="card" aria-labelledby="gains">
        <div className="card-head">
          <h2 id="gains">
            <Explained label={t('analysis.gains')} method={t('method.realizedGain')} />
          </h2>
          <div className="row tight">
            <select
              className="input compact benchmark-choice"
              aria-label={t('portfolio.costMethod')}
              value={chosen}
              onChange={(event) => {
                const next = METHODS.find((known) => known === event.target.value);
                onChange({ method: next === portfolio.costMethod ? undefined : next });
              }}
            >
              {[...new Set<CostMethod>([portfolio.costMethod, ...METHODS])].map((name) => (
                <option key={name} value={name}>
                  {t(`portfolio.costMethods.${name}`)}
                </option>
              ))}
            </select>
            <YearChoice
              years={query.data?.years.map((known) => known.year) ?? []}
              value={year}
              onChange={(next) => {
                onChange({ year: next });
              }}
            />
          </div>
        </div>
        {chosen !== portfolio.costMethod && (
          <Notice>{t('analysis.otherMethod', { method: t(`portfolio.costMethods.${portfolio.costMethod}`) })}</Notice>
        )}
        <Loaded query={query} height={160}>
          {(gains) =>
            gains.items.length === 0 ? (
              <EmptyState icon="portfolio" title={t('analysis.noGains')}>
                {t('analysis.noGainsText')}
              </EmptyState>
            ) : (
              <Totals gains={gains} />
            )
          }
        </Loaded>
      </section>
      {query.data !== undefined && query.data.items.length > 0 && (
        <GainLots gains={query.data} name={`${portfolio.name} ${t('analysis.gains')} ${year === undefined ? '' : String(year)}`.trim()} />
      )}
    </div>
  );
}

function Totals({ gains }: { readonly gains: RealizedGains }) {
  const { t } = useTranslation();
  const { totals, currency } = gains;
  const pooled = gains.items.every((item) => item.term === null);
  const changes = pooled ? (['gain'] as const) : (['gain', 'shortTerm', 'longTerm'] as const);
  const amounts = pooled ? (['proceeds', 'cost'] as const) : (['proceeds', 'cost', 'disallowed'] as const);
  const rows: Fact[] = [
    ...changes.map((name) => ({
      label: t(`analysis.gainNames.${name}`),
      method: t(`method.gains.${name}`),
      value: <Change amount={totals[name]} currency={currency} unit="code" />,
    })),
    ...amounts.map((name) => ({
      label: t(`analysis.gainNames.${name}`),
      method: t(`method.gains.${name}`),
      value: <Money value={totals[name]} currency={currency} unit="code" />,
    })),
  ];
  return (
    <>
      <Facts rows={rows} />
      {pooled && <p className="small muted">{t('analysis.pooled')}</p>}
    </>
  );
}
