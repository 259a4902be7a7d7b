import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { ImportList } from '../features/imports/import-list.tsx';
import { ImportProgress } from '../features/imports/import-progress.tsx';
import { ImportTicks } from '../features/imports/import-ticks.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { importsRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { EmptyState } from '../ui/states.tsx';

export function ImportsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = importsRoute.useSearch();
  const { data: user } = useQuery(meQuery);
  useTitle(t('nav.imports'));
  return (
    <div className="page reading-width">
      <h1>{t('nav.imports')}</h1>
      {user?.role === 'admin' ? (
        <>
          <ImportTicks onStarted={(importId) => void navigate({ to: '/imports', search: { id: importId } })} />
          {id !== undefined && <ImportProgress key={id} importId={id} />}
          <ImportList />
        </>
      ) : (
        <EmptyState
          icon="info"
          title={t('imports.notAllowed')}
          action={
            <Link className="button" to="/home">
              {t('missing.home')}
            </Link>
          }
        >
          {t('imports.notAllowedText')}
        </EmptyState>
      )}
    </div>
  );
}
