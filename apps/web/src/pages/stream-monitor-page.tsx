import { StreamMonitor } from '../features/developers/stream-monitor.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';

export function StreamMonitorPage() {
  const { t } = useTranslation();
  useTitle(t('nav.streamMonitor'));
  return (
    <div className="page">
      <div>
        <h1>{t('nav.streamMonitor')}</h1>
        <p className="muted">{t('monitor.lead')}</p>
      </div>
      <StreamMonitor first="quotes:AAPL" />
    </div>
  );
}
