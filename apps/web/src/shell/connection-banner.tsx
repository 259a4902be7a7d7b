import { useTranslation } from '../i18n/use-translation.ts';
import { useConnection } from '../live/connection.ts';
import { useKeptAt } from '../live/kept-figures.ts';
import { Icon } from '../ui/icon.tsx';
import { formatClock, formatDateTime } from '../ui/figures/format-age.ts';
import { useFigureStyle } from '../ui/figures/use-figure-style.ts';

/** Says that figures are old and orders cannot be sent, as long as that is so. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const { state, heardAt } = useConnection();
  const keptAt = useKeptAt();
  const from = heardAt ?? keptAt;
  const broken = state === 'offline' || state === 'late';
  return (
    <div role="alert">
      {broken && (
        <div className="banner">
          <Icon name="warning" size={16} />
          <span>
            {state === 'offline' ? t('connection.offline') : t('connection.lost')}{' '}
            {from !== null &&
              t('connection.figuresFrom', { time: heardAt === null ? formatDateTime(from, style) : formatClock(from, style) })}
          </span>
        </div>
      )}
    </div>
  );
}
