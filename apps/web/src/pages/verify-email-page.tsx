import { Link } from '@tanstack/react-router';
import { VerifyAddress } from '../features/session/verify-address.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';
import { Notice } from '../ui/states.tsx';
import { useMailedToken } from './use-mailed-token.ts';

export function VerifyEmailPage() {
  const { t } = useTranslation();
  const token = useMailedToken();
  useTitle(t('auth.verifyTitle'));
  return (
    <div className="auth">
      <div>
        <h1>{t('auth.verifyTitle')}</h1>
        <p className="muted">{t('auth.verifyLead')}</p>
      </div>
      <div className="card">{token === '' ? <Notice look="warn">{t('auth.linkEnded')}</Notice> : <VerifyAddress token={token} />}</div>
      <p className="muted">
        <Link to="/home">{t('auth.onward')}</Link>
      </p>
    </div>
  );
}
