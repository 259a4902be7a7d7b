import { useTranslation } from '../i18n/use-translation.ts';
import { useConnection } from '../live/connection.ts';
import { formatClock } from '../ui/figures/format-age.ts';
import { useFigureStyle } from '../ui/figures/use-figure-style.ts';
import { useNow } from '../ui/use-now.ts';

/** "Live · 14:32:07" in the top bar; a hollow dot while the connection is not there. */
export function ConnectionSign() {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const { state, heardAt } = useConnection();
  const now = useNow(1000);
  if (state === 'idle') return null;
  const words =
    state === 'live'
      ? `${t('connection.live')} · ${formatClock(now, style)}`
      : state === 'offline'
        ? t('connection.offlineShort')
        : state === 'late' && heardAt !== null
          ? t('connection.reconnectingSince', { time: formatClock(heardAt, style) })
          : t('connection.joining');
  const look = state === 'live' ? 'live' : state === 'joining' ? '' : 'lost';
  return (
    <div className={`connection ${look}`} title={words}>
      <span className="dot" aria-hidden="true" />
      <span className="words figure">{words}</span>
    </div>
  );
}
