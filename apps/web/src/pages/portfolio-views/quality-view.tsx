import { Link } from '@tanstack/react-router';
import { GRAVEST_FIRST, QUALITY_COLUMNS, QualityList } from '../../features/quality/quality-list.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { readListView, writeListView } from '../../ui/tables/list-view.ts';
import { useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

export function QualityView({ portfolio }: ViewProps) {
  const { t } = useTranslation();
  const { search, change } = useViewSearch();
  return (
    <section className="card flush" aria-label={t('nav.quality')}>
      <QualityList
        portfolioId={portfolio.id}
        view={readListView(search, QUALITY_COLUMNS, GRAVEST_FIRST)}
        onView={(view) => {
          change({ search: undefined, kind: undefined, sort: undefined, page: undefined, ...writeListView(view, GRAVEST_FIRST) });
        }}
        choice={null}
        linkTo={(day) => (
          <Link
            to="/portfolios/$portfolioId/$view"
            params={{ portfolioId: portfolio.id, view: 'transactions' }}
            search={{ from: day, to: day }}
          >
            {t('quality.show')}
          </Link>
        )}
      />
    </section>
  );
}
