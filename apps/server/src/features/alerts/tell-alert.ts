/** An answer in words, in every language that the server speaks. */
import { decimal, formatDecimal, multiply } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { symbolOf } from '../instruments/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import type { Locale, NewNotification, NotificationText } from '../notifications/index.ts';
import { conditionNameOf, parametersOf } from './alert.ts';
import type { AlertRow } from './alert.ts';
import { TELL_WORDS } from './tell-words.ts';
import type { ToldFigures } from './tell-words.ts';
import type { AcceptedFiring, Firing } from './watch-store.ts';

/** The name and the currency of an alert's portfolio. */
export interface NamedPortfolio {
  readonly name: string;
  readonly baseCurrency: string;
}

const LOCALES: readonly Locale[] = ['en', 'de'];
const HUNDRED = decimal('100');

export function notificationOf(
  { firing, row }: AcceptedFiring,
  names: { readonly instruments: Pick<InstrumentBook, 'byKey'>; readonly portfolio: NamedPortfolio | null },
): NewNotification {
  const instrument = row.instrument_key === null ? null : names.instruments.byKey(row.instrument_key);
  const symbol = instrument === null ? '' : symbolOf(instrument);
  const currency = names.portfolio?.baseCurrency ?? instrument?.currency ?? '';
  const textIn = (locale: Locale): NotificationText => {
    const figures = figuresFor(locale, { row, firing, subject: { symbol, currency, portfolio: names.portfolio?.name ?? '' } });
    const words = TELL_WORDS[locale];
    const stopped = row.paused_because === 'storm' ? words.storm : '';
    const note = row.note === '' ? '' : words.note(row.note);
    return { title: words.titles[conditionNameOf(row)](figures), body: [words.before(figures), stopped, note].filter(Boolean).join(' ') };
  };
  return {
    userId: row.user_id,
    kind: row.condition === 'marketMove' ? 'marketMove' : 'alert',
    severity: row.paused_because === 'storm' ? 'warning' : 'info',
    text: Object.fromEntries(LOCALES.map((locale) => [locale, textIn(locale)])) as Record<Locale, NotificationText>,
    link: `/alerts/${row.parent_id ?? row.id}`,
    dedupeKey: `alert:${row.id}:${firing.sample}`,
    channels: row.channels as NonNullable<NewNotification['channels']>,
  };
}

interface Told {
  readonly row: AlertRow;
  readonly firing: Firing;
  readonly subject: { readonly symbol: string; readonly currency: string; readonly portfolio: string };
}

function figuresFor(locale: Locale, { row, firing, subject }: Told): ToldFigures {
  const kind = conditionNameOf(row);
  const isWeight = kind === 'positionWeightAbove' || kind === 'positionWeightBelow';
  const isPercent = isWeight || kind === 'percentChange' || kind === 'marketMove' || kind === 'portfolioDayChange';
  const isMoney = !isPercent && kind !== 'volumeAbove' && kind !== 'rsiCross';
  const against = parametersOf(row).reference !== undefined;
  const plain = (value: Decimal): string => numberText(locale, value);
  const shown = (value: Decimal): string => {
    if (isMoney || against) return `${plain(value)} ${subject.currency}`.trim();
    return isPercent ? `${plain(isWeight ? multiply(value, HUNDRED) : value)} %` : plain(value);
  };
  return {
    ...subject,
    value: shown(firing.value),
    level: shown(firing.level),
    before: firing.before === null ? null : shown(firing.before),
    price: firing.price === null ? null : `${plain(firing.price)} ${subject.currency}`,
    isRise: firing.direction === 'rising',
    parameters: parametersOf(row),
  };
}

/** At least two decimals for money and everything like it; the smallest prices keep theirs. */
function numberText(locale: Locale, value: Decimal): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: value > -100n && value < 100n ? 8 : 4 });
  return format.format(formatDecimal(value) as Intl.StringNumericLiteral);
}
