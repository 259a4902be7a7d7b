import type { Performance, Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { performanceOfQuery } from '../../api/analysis-queries.ts';
import { portfolioKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money } from '../../ui/figures/figures.tsx';
import { formatDay, formatMonth } from '../../ui/figures/format-age.ts';
import { plainNumber } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { Loaded } from '../../ui/states.tsx';
import { EXPLAINED_RETURNS, type ExplainedReturn } from './explain-wish.ts';
import type { ReturnDays } from './explanation.tsx';
import { flowsOf, type Flows } from './flows-of.ts';

interface ReturnTrailProps {
  readonly portfolio: Portfolio;
  readonly name: ExplainedReturn;
  readonly days: ReturnDays;
}

/** What a return is made of, and the same days by the other methods beside it. */
export function ReturnTrail({ portfolio, name, days }: ReturnTrailProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const performance = useQuery(performanceOfQuery(portfolio.id, { ...days, interval: 'day' }));
  const snapshots = useQuery({
    queryKey: [...portfolioKey(portfolio.id), 'snapshots', days],
    queryFn: ({ signal }) => api.portfolios.snapshots(portfolio.id, days, signal),
  });
  return (
    <Loaded query={performance} height={280}>
      {(found) => {
        const value = found[name];
        return (
          <div className="stack">
            <div>
              <p className="muted">{t(`analysis.returns.${name}`)}</p>
              <p className="large-figure">
                <Change percent={value === null ? null : value * 100} reason={t(`analysis.missing.${name}`)} />
              </p>
              {found.from !== null && found.to !== null && (
                <p className="small faint">
                  {formatDay(found.from, style)} – {formatDay(found.to, style)}
                </p>
              )}
            </div>
            <p>{t(`method.returns.${name}`)}</p>
            {name === 'timeWeighted' ? (
              <LinkedMonths months={found.months} />
            ) : (
              <Loaded query={snapshots} height={160}>
                {({ items }) => <MoneyParts name={name} currency={found.currency} flows={flowsOf(found, items)} />}
              </Loaded>
            )}
            <Others performance={found} name={name} />
          </div>
        );
      }}
    </Loaded>
  );
}

function LinkedMonths({ months }: { readonly months: Performance['months'] }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  return (
    <section>
      <h3>{t('explain.linked')}</h3>
      <Facts
        look="list"
        rows={months.toReversed().map((month) => ({
          label: formatMonth(month.month, style, 'long'),
          value: <Change percent={month.return * 100} />,
        }))}
      />
    </section>
  );
}

interface MoneyPartsProps {
  readonly name: Exclude<ExplainedReturn, 'timeWeighted'>;
  readonly currency: string;
  readonly flows: Flows;
}

const FORMULAS = { simple: 'simpleFormula', roai: 'roaiFormula', moneyWeighted: 'xirrFormula' } as const;

function MoneyParts({ name, currency, flows }: MoneyPartsProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const money = (value: number) => <Money value={plainNumber(value)} currency={currency} />;
  const rows: Fact[] = [
    { label: t('explain.opening'), value: money(flows.opening) },
    { label: t('explain.inflows'), value: money(flows.inflow) },
    { label: t('explain.outflows'), value: money(flows.outflow) },
    { label: t('explain.closing'), value: money(flows.closing) },
    {
      label: t('explain.gain'),
      method: t('explain.gainFormula'),
      value: <Change amount={plainNumber(flows.gain)} currency={currency} />,
    },
  ];
  return (
    <>
      <p className="say">{t(`explain.${FORMULAS[name]}`)}</p>
      <Facts look="list" rows={rows} />
      <details className="methods">
        <summary>{t('explain.flows')}</summary>
        {flows.days.length === 0 ? (
          <p>{t('explain.noFlows')}</p>
        ) : (
          <Facts
            look="list"
            rows={flows.days.map((day) => ({
              label: formatDay(day.day, style),
              value: <Change amount={plainNumber(day.amount)} currency={currency} />,
            }))}
          />
        )}
      </details>
    </>
  );
}

function Others({ performance, name }: { readonly performance: Performance; readonly name: ExplainedReturn }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t('explain.others')}</h3>
      <Facts
        look="list"
        rows={EXPLAINED_RETURNS.filter((other) => other !== name).map((other) => {
          const value = performance[other];
          return {
            label: t(`analysis.returns.${other}`),
            method: t(`method.returns.${other}`),
            value: <Change percent={value === null ? null : value * 100} />,
          };
        })}
      />
    </section>
  );
}
