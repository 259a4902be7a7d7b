import { Link, useNavigate } from '@tanstack/react-router';
import { NotificationList, type NotificationFilter } from '../features/notifications/notification-list.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { readAddress } from '../shell/address.ts';
import { notificationsRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';

/** The filter stands in the address. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = notificationsRoute.useSearch();
  useTitle(t('notifications.title'));
  return (
    <div className="page">
      <div>
        <h1>{t('notifications.title')}</h1>
        <p className="muted">
          {t('notifications.lead')} <Link to="/settings/notifications">{t('notifications.choose')}</Link>
        </p>
      </div>
      <NotificationList
        filter={filter}
        onFilter={(next: NotificationFilter) => {
          void navigate({ to: '/notifications', search: readAddress({ ...next }), replace: true });
        }}
      />
    </div>
  );
}
