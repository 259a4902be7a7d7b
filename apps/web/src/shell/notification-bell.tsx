import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { unreadQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { useNotifications } from '../live/use-notifications.ts';
import { Icon } from '../ui/icon.tsx';

const MOST_SHOWN = 99;

/** Leads to the list; the count is live. */
export function NotificationBell() {
  const { t } = useTranslation();
  const { data } = useQuery(unreadQuery);
  useNotifications();
  const count = data?.unread ?? 0;
  const label = count === 0 ? t('notifications.bell') : t('notifications.bellUnread', { count });
  return (
    <Link to="/notifications" className="icon-button bell" aria-label={label} title={label} activeOptions={{ includeSearch: false }}>
      <Icon name="bell" />
      {count > 0 && (
        <span className="bell-count" aria-hidden="true">
          {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
        </span>
      )}
    </Link>
  );
}
