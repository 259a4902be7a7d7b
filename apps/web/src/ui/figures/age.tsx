import { useTranslation } from '../../i18n/use-translation.ts';
import { useNow } from '../use-now.ts';
import { formatAge, formatDate, formatDateTime, isMidnight, formatExactInstant } from './format-age.ts';
import { sourceName } from './source-name.ts';
import { useFigureStyle } from './use-figure-style.ts';

/** How long ago, in words; the exact instant with its zone in the title. */
export function Age({ at }: { readonly at: string }) {
  const { style } = useFigureStyle();
  const now = useNow(1000);
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={formatExactInstant(instant, style)}>
      {formatAge(instant, now, style)}
    </time>
  );
}

/** Date and time of something that happened. Midnight in `zone` stands for the whole day and shows no hour. */
export function Moment({ at, zone }: { readonly at: string; readonly zone?: string }) {
  const { style } = useFigureStyle();
  const instant = Date.parse(at);
  const wholeDay = zone !== undefined && isMidnight(instant, zone);
  return (
    <time className="figure" dateTime={at} title={formatExactInstant(instant, style, zone)}>
      {wholeDay ? formatDate(instant, style, zone) : formatDateTime(instant, style)}
    </time>
  );
}

const LIVE_MS = 5_000;
const STALE_MS = 60_000;

/** How fresh a price is: live, seconds old, delayed by the provider, or stale. The value itself stays in ink. */
export function Freshness({
  at,
  delayed,
  source,
}: {
  readonly at: string;
  readonly delayed?: boolean | undefined;
  readonly source: string;
}) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const now = useNow(1000);
  const instant = Date.parse(at);
  const age = now - instant;
  const title = `${sourceName(source, t)} · ${formatExactInstant(instant, style)}`;
  if (delayed === true) {
    return (
      <span className="badge" title={title}>
        {t('figure.delayed')}
      </span>
    );
  }
  if (age <= LIVE_MS) return <span title={title}>{t('figure.live')}</span>;
  if (age <= STALE_MS) return <span title={title}>{formatAge(instant, now, style)}</span>;
  return (
    <span className="badge warn" title={title}>
      {formatAge(instant, now, style)}
    </span>
  );
}
