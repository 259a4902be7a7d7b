import { Link, useNavigate } from '@tanstack/react-router';
import { RegisterForm } from '../features/session/register-form.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { registerRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { safeAddress } from './safe-address.ts';

export function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { next } = registerRoute.useSearch();
  useTitle(t('auth.register'));
  return (
    <div className="auth">
      <div>
        <h1>{t('auth.register')}</h1>
        <p className="muted">{t('auth.registerLead')}</p>
      </div>
      <div className="card">
        <RegisterForm onDone={() => void navigate({ href: safeAddress(next) })} />
      </div>
      <p className="muted">
        {t('auth.haveAccount')}{' '}
        <Link to="/login" search={next === undefined ? {} : { next }}>
          {t('auth.signIn')}
        </Link>
      </p>
    </div>
  );
}
