import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api/api.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { unsubscribeRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/states.tsx';

/** Asks first, since programs that look at links must not unsubscribe anybody. */
export function UnsubscribePage() {
  const { t } = useTranslation();
  const { token = '' } = unsubscribeRoute.useSearch();
  const stop = useMutation({ mutationFn: () => api.notifications.unsubscribe(token) });
  useTitle(t('unsubscribe.title'));
  return (
    <div className="auth">
      <div>
        <h1>{t('unsubscribe.title')}</h1>
        <p className="muted">{t('unsubscribe.lead')}</p>
      </div>
      <div className="card">
        {stop.isSuccess && (
          <p role="status" className="ok-text">
            {t('unsubscribe.done')}
          </p>
        )}
        {(stop.isError || token === '') && <Notice look="warn">{t('unsubscribe.wrong')}</Notice>}
        {!stop.isSuccess && token !== '' && (
          <Button
            look="primary"
            busy={stop.isPending}
            onClick={() => {
              stop.mutate();
            }}
          >
            {t('unsubscribe.stop')}
          </Button>
        )}
      </div>
      <p className="muted">
        <Link to="/home">{t('unsubscribe.onward')}</Link>
      </p>
    </div>
  );
}
