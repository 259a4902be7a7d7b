import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from '../i18n/use-translation.ts';
import { Brand } from './brand.tsx';
import { LanguageButton, ThemeButton } from './quick-settings.tsx';
import './public-layout.css';

export function PublicLayout() {
  const { t } = useTranslation();
  return (
    <div className="public">
      <header className="top-bar">
        <Brand to="/" />
        <nav className="top-right" aria-label={t('shell.main')}>
          <LanguageButton />
          <ThemeButton />
          <Link className="button plain" to="/login">
            {t('auth.signIn')}
          </Link>
          <Link className="button primary not-phone" to="/register">
            {t('auth.register')}
          </Link>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="public-foot small faint">
        <span>{t('shell.footer')}</span>
        <a href="/docs">{t('shell.apiDocs')}</a>
      </footer>
    </div>
  );
}
