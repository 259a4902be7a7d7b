import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { PortfolioForm } from '../features/portfolios/portfolio-form.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { newPortfolioRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';

export function NewPortfolioPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { kind = 'paper' } = newPortfolioRoute.useSearch();
  const { data: user } = useQuery(meQuery);
  useTitle(t('portfolio.new'));
  return (
    <div className="page form-width">
      <h1>{t('portfolio.new')}</h1>
      <PortfolioForm
        kind={kind}
        currency={user?.baseCurrency ?? 'USD'}
        onDone={({ id }) => void navigate({ to: '/portfolios/$portfolioId/$view', params: { portfolioId: id, view: 'overview' } })}
      />
    </div>
  );
}
