import { Link, useNavigate } from '@tanstack/react-router';
import { ResetForm } from '../features/session/reset-form.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';
import { Notice } from '../ui/states.tsx';
import { showToast } from '../ui/toast.tsx';
import { useMailedToken } from './use-mailed-token.ts';

export function ResetPasswordPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const token = useMailedToken();
  useTitle(t('auth.newPassword'));
  const done = (): void => {
    showToast({ look: 'ok', text: t('auth.passwordSet') });
    void navigate({ to: '/login' });
  };
  return (
    <div className="auth">
      <div>
        <h1>{t('auth.newPassword')}</h1>
        <p className="muted">{t('auth.resetLead')}</p>
      </div>
      <div className="card">
        {token === '' ? <Notice look="warn">{t('auth.linkEnded')}</Notice> : <ResetForm token={token} onDone={done} />}
      </div>
      <p className="muted">
        <Link to="/forgot-password">{t('auth.newLink')}</Link>
      </p>
    </div>
  );
}
