import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { BringExport } from '../features/exports/bring-export.tsx';
import { MakeExport } from '../features/exports/make-export.tsx';
import { Appearance } from '../features/settings/appearance.tsx';
import { ProfileForm } from '../features/settings/profile-form.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';

export function SettingsPage() {
  const { t } = useTranslation();
  const { data: user } = useQuery(meQuery);
  useTitle(t('nav.settings'));
  return (
    <div className="page reading-width">
      <h1>{t('nav.settings')}</h1>
      <Appearance />
      {user !== null && user !== undefined && <ProfileForm user={user} />}
      <section className="card row between" aria-labelledby="notifications-link">
        <div className="grow">
          <h2 id="notifications-link">{t('notifications.title')}</h2>
          <p className="muted">{t('notifications.settingsText')}</p>
        </div>
        <Link className="button" to="/settings/notifications">
          {t('notifications.settings')}
        </Link>
      </section>
      <section className="card row between" aria-labelledby="security-link">
        <div className="grow">
          <h2 id="security-link">{t('security.link')}</h2>
          <p className="muted">{t('security.linkText')}</p>
        </div>
        <Link className="button" to="/settings/security">
          {t('security.link')}
        </Link>
      </section>
      <MakeExport />
      <BringExport />
    </div>
  );
}
