import type { Portfolio, PortfolioSummary } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ExplainedFigure } from '../../ui/explain/explained-figure.tsx';
import { Explained } from '../../ui/explained.tsx';
import { Freshness } from '../../ui/figures/age.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money } from '../../ui/figures/figures.tsx';

/** What the portfolio is worth now, and what changed today: the one large figure of a page. */
export function PortfolioHero({ portfolio, summary }: { readonly portfolio: Portfolio; readonly summary: PortfolioSummary }) {
  const { t } = useTranslation();
  const currency = portfolio.baseCurrency;
  return (
    <div>
      <p className="small muted">
        <Explained label={t('summary.totalValue')} method={t('method.totalValue')} />
      </p>
      <p className="hero-figure">
        <ExplainedFigure wish="totalValue">
          <Money value={summary.totalValue} currency={currency} unit="symbol" large />
        </ExplainedFigure>
      </p>
      <p className="change-line">
        <Change amount={summary.dayChange} currency={currency} unit="symbol" percent={summary.dayChangePercent} />
        <span className="aside">
          <Explained label={t('portfolio.today')} method={t('method.dayChange')} />
        </span>
        <span className="aside small">
          <Freshness at={summary.asOf} source={t('summary.totalValue')} />
        </span>
      </p>
      {summary.unpriced.length > 0 && (
        <p className="small warn-text">
          {t('portfolio.unpriced', { symbols: summary.unpriced.join(', '), count: summary.unpriced.length })}
        </p>
      )}
    </div>
  );
}
