import { Link } from '@tanstack/react-router';
import { WebhookList } from '../features/notifications/webhook-list.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';

export function WebhooksPage() {
  const { t } = useTranslation();
  useTitle(t('webhooks.title'));
  return (
    <div className="page reading-width">
      <div>
        <h1>{t('webhooks.title')}</h1>
        <p className="muted">
          {t('webhooks.lead')} <Link to="/settings/notifications">{t('notifications.settings')}</Link>
        </p>
      </div>
      <WebhookList />
    </div>
  );
}
