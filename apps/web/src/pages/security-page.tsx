import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { ApiKeysCard } from '../features/security/api-keys-card.tsx';
import { EmailCard } from '../features/security/email-card.tsx';
import { LeaveCard } from '../features/security/leave-card.tsx';
import { PasskeysCard } from '../features/security/passkeys-card.tsx';
import { TotpCard } from '../features/security/totp-card.tsx';
import { PasswordForm } from '../features/settings/password-form.tsx';
import { SessionList } from '../features/settings/session-list.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';

/** Everything about how one signs in. */
export function SecurityPage() {
  const { t } = useTranslation();
  const { data: user } = useQuery(meQuery);
  useTitle(t('security.title'));
  return (
    <div className="page reading-width security-page">
      <div>
        <h1>{t('security.title')}</h1>
        <p className="muted">
          <Link to="/settings">{t('security.otherSettings')}</Link>
        </p>
      </div>
      <EmailCard />
      <PasswordForm />
      <TotpCard />
      <PasskeysCard />
      <SessionList />
      <ApiKeysCard isAdmin={user?.role === 'admin'} />
      <LeaveCard />
    </div>
  );
}
