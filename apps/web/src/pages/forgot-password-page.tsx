import { Link } from '@tanstack/react-router';
import { ForgotForm } from '../features/session/forgot-form.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';

export function ForgotPasswordPage() {
  const { t } = useTranslation();
  useTitle(t('auth.forgot'));
  return (
    <div className="auth">
      <div>
        <h1>{t('auth.forgot')}</h1>
        <p className="muted">{t('auth.forgotLead')}</p>
      </div>
      <div className="card">
        <ForgotForm />
      </div>
      <p className="muted">
        <Link to="/login">{t('auth.backToSignIn')}</Link>
      </p>
    </div>
  );
}
