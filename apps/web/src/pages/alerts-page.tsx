import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { portfoliosQuery } from '../api/queries.ts';
import { AlertDetails } from '../features/alerts/alert-details.tsx';
import { AlertList, type AlertFilter } from '../features/alerts/alert-list.tsx';
import { AlertSettingsCard } from '../features/alerts/alert-settings-card.tsx';
import { NewAlertButton } from '../features/alerts/new-alert-button.tsx';
import { useAlertNews } from '../features/alerts/use-alert-news.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { readAddress } from '../shell/address.ts';
import { alertsRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Filter, order and the open alert stand in the address. */
export function AlertsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, ...filter } = alertsRoute.useSearch();
  const { data: portfolios = [] } = useQuery(portfoliosQuery);
  useTitle(t('nav.alerts'));
  useAlertNews();
  const go = (next: AlertFilter & { readonly id?: string }): void => {
    void navigate({ to: '/alerts', search: readAddress({ ...next }), replace: true });
  };
  const close = (): void => {
    go(filter);
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('nav.alerts')}</h1>
          <p className="muted">{t('alerts.lead')}</p>
        </div>
        <NewAlertButton portfolios={portfolios} look="primary" />
      </div>
      <AlertList
        filter={filter}
        onFilter={go}
        onOpen={(opened) => {
          go({ ...filter, id: opened });
        }}
        portfolios={portfolios}
      />
      <AlertSettingsCard />
      <Dialog look="sheet" open={id !== undefined} title={t('alerts.one')} onClose={close}>
        {id !== undefined && <AlertDetails key={id} id={id} portfolios={portfolios} onGone={close} />}
      </Dialog>
    </div>
  );
}
