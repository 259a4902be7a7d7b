import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from '../i18n/use-translation.ts';
import { ErrorState } from '../ui/states.tsx';
import { useTitle } from './use-title.ts';

/** A page that could not be shown: what failed, and another try. The rest of the app is unaffected. */
export function FailedPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  useTitle(t('error.unknown'));
  return (
    <main className="main" id="main" tabIndex={-1}>
      <h1 className="sr-only">{t('error.unknown')}</h1>
      <ErrorState error={error} onRetry={() => void router.invalidate()} />
    </main>
  );
}
