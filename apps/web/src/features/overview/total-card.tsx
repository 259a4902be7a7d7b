import type { Portfolio } from '@holdfast/sdk';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { summaryQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Explained } from '../../ui/explained.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money } from '../../ui/figures/figures.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { addUp, type Rates, type Total } from './add-up.ts';

interface TotalCardProps {
  readonly title: ReactNode;
  readonly choice: ReactNode;
  readonly portfolios: readonly Portfolio[];
  readonly currency: string;
  readonly rates: Rates | null;
  readonly ratesError: unknown;
  readonly children: ReactNode;
}

/** What everything that is looked at is worth now, and what changed today: the one large figure of the page. */
export function TotalCard({ title, choice, portfolios, currency, rates, ratesError, children }: TotalCardProps) {
  const { t } = useTranslation();
  const summaries = useQueries({ queries: portfolios.map((portfolio) => summaryQuery(portfolio.id)) });
  const found = summaries.flatMap((summary) => summary.data ?? []);
  const failed = summaries.find((summary) => summary.error !== null && summary.data === undefined);
  const error = failed?.error ?? ratesError;
  return (
    <section className="card wide" aria-labelledby="value">
      <div className="card-head">
        <h2 className="row tight lead" id="value">
          {title}
        </h2>
        {choice}
      </div>
      {rates !== null && found.length === portfolios.length ? (
        <Hero total={addUp(found, rates)} currency={currency} several={portfolios.some((known) => known.baseCurrency !== currency)} />
      ) : error === null || error === undefined ? (
        <LoadingState height={96} label={t('state.stillLoading')} />
      ) : (
        <ErrorState error={error} onRetry={() => void failed?.refetch()} />
      )}
      {children}
    </section>
  );
}

function Hero({ total, currency, several }: { readonly total: Total; readonly currency: string; readonly several: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <p className="small muted">
        <Explained label={t('summary.totalValue')} method={t(several ? 'home.totalMethodSeveral' : 'home.totalMethod')} />
      </p>
      <p className="hero-figure">
        <Money value={total.totalValue} currency={currency} unit="symbol" large />
      </p>
      <p className="change-line">
        <Change amount={total.dayChange} currency={currency} unit="symbol" percent={total.dayChangePercent} />
        <span className="aside">
          <Explained label={t('portfolio.today')} method={t('home.dayMethod')} />
        </span>
        <span className="aside small">
          {t('summary.netGain')} <Change amount={total.netGain} currency={currency} unit="symbol" />
        </span>
      </p>
      {total.missing.length > 0 && <p className="small warn-text">{t('home.noRate', { currencies: total.missing.join(', ') })}</p>}
    </div>
  );
}
