import { Link } from '@tanstack/react-router';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from './use-title.ts';

/** No page has this address. */
export function MissingPage() {
  const { t } = useTranslation();
  useTitle(t('missing.title'));
  return (
    <main className="main" id="main" tabIndex={-1}>
      <div className="state centred">
        <h1>{t('missing.title')}</h1>
        <p className="muted">{t('missing.text')}</p>
        <Link className="button primary" to="/">
          {t('missing.home')}
        </Link>
      </div>
    </main>
  );
}
