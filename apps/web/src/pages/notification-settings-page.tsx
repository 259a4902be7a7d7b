import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { notificationPreferencesQuery } from '../features/notifications/notification-queries.ts';
import { PreferencesForm } from '../features/notifications/preferences-form.tsx';
import { PushCard } from '../features/notifications/push-card.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';
import { Loaded } from '../ui/states.tsx';

/** What reaches the user, where and when. */
export function NotificationSettingsPage() {
  const { t } = useTranslation();
  const query = useQuery(notificationPreferencesQuery);
  useTitle(t('notifications.settings'));
  return (
    <div className="page reading-width">
      <div>
        <h1>{t('notifications.settings')}</h1>
        <p className="muted">
          <Link to="/settings">{t('notifications.otherSettings')}</Link>
        </p>
      </div>
      <Loaded query={query} height={480}>
        {(preferences) => (
          <>
            <PreferencesForm preferences={preferences} />
            <PushCard preferences={preferences} />
          </>
        )}
      </Loaded>
      <section className="card row between" aria-labelledby="webhooks-link">
        <div className="grow">
          <h2 id="webhooks-link">{t('webhooks.title')}</h2>
          <p className="muted">{t('webhooks.text')}</p>
        </div>
        <Link className="button" to="/settings/webhooks">
          {t('webhooks.title')}
        </Link>
      </section>
    </div>
  );
}
