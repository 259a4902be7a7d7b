import { Link, useNavigate } from '@tanstack/react-router';
import { DemonstrationButton } from '../features/session/demonstration-button.tsx';
import { LoginForm } from '../features/session/login-form.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { loginRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { safeAddress } from './safe-address.ts';

export function LoginPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { next } = loginRoute.useSearch();
  useTitle(t('auth.signIn'));
  const enter = (): void => {
    void navigate({ href: safeAddress(next) });
  };
  return (
    <div className="auth">
      <h1>{t('auth.signIn')}</h1>
      <div className="card">
        <LoginForm onDone={enter} />
      </div>
      <DemonstrationButton onDone={enter} />
      <p className="muted">
        <Link to="/forgot-password">{t('auth.forgot')}</Link>
      </p>
      <p className="muted">
        {t('auth.noAccount')}{' '}
        <Link to="/register" search={next === undefined ? {} : { next }}>
          {t('auth.register')}
        </Link>
      </p>
    </div>
  );
}
