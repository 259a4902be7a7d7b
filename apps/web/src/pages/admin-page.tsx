import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import type { AdminAddress } from '../features/admin/admin-address.ts';
import { AnnouncementPanel } from '../features/admin/announcement-panel.tsx';
import { AuditList } from '../features/admin/audit-list.tsx';
import { DeliveryList } from '../features/admin/delivery-list.tsx';
import { InstrumentList } from '../features/admin/instrument-list.tsx';
import { JobList } from '../features/admin/job-list.tsx';
import { NotificationList } from '../features/admin/notification-list.tsx';
import { PriceList } from '../features/admin/price-list.tsx';
import { ProviderPanel } from '../features/admin/provider-panel.tsx';
import { SystemPanel } from '../features/admin/system-panel.tsx';
import { UserList } from '../features/admin/user-list.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { readAddress } from '../shell/address.ts';
import { ADMIN_VIEWS, adminViewRoute, type AdminView } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { EmptyState } from '../ui/states.tsx';
import { TabNav } from '../ui/tab-nav.tsx';

/** Running the server, for administrators; whoever else comes here is told so, and the server answers them nothing. */
export function AdminPage() {
  const { t } = useTranslation();
  const { view } = adminViewRoute.useParams();
  const { data: user } = useQuery(meQuery);
  useTitle(`${t('nav.admin')} · ${t(`admin.view.${view}`)}`);
  if (user?.role !== 'admin')
    return (
      <div className="page reading-width">
        <h1>{t('nav.admin')}</h1>
        <EmptyState
          icon="info"
          title={t('admin.notAllowed')}
          action={
            <Link className="button" to="/home">
              {t('missing.home')}
            </Link>
          }
        />
      </div>
    );
  return (
    <div className="page">
      <h1>{t('nav.admin')}</h1>
      <TabNav label={t('admin.views')} chosen={view}>
        {ADMIN_VIEWS.map((each) => (
          <Link key={each} to="/admin/$view" params={{ view: each }} activeOptions={{ includeSearch: false }}>
            {t(`admin.view.${each}`)}
          </Link>
        ))}
      </TabNav>
      <ViewOf key={view} view={view} />
    </div>
  );
}

function ViewOf({ view }: { readonly view: AdminView }) {
  const navigate = useNavigate();
  const address = adminViewRoute.useSearch();
  const onAddress = (next: AdminAddress): void => {
    void navigate({ to: '/admin/$view', params: { view }, search: readAddress({ ...next }), replace: true });
  };
  switch (view) {
    case 'users':
      return <UserList {...{ address, onAddress }} />;
    case 'instruments':
      return <InstrumentList {...{ address, onAddress }} />;
    case 'prices':
      return <PriceList {...{ address, onAddress }} />;
    case 'notifications':
      return <NotificationList {...{ address, onAddress }} />;
    case 'deliveries':
      return <DeliveryList {...{ address, onAddress }} />;
    case 'providers':
      return <ProviderPanel />;
    case 'jobs':
      return <JobList {...{ address, onAddress }} />;
    case 'audit':
      return <AuditList {...{ address, onAddress }} />;
    case 'system':
      return <SystemPanel />;
    case 'announcements':
      return <AnnouncementPanel />;
  }
}
