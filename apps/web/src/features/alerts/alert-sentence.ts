import type { Alert } from '@holdfast/sdk';
import type { Translate } from '../../i18n/i18n.ts';
import { isDecimalText } from '../../ui/figures/decimal-text.ts';
import { formatMoney, formatPercent, formatPrice, formatQuantity, type FigureStyle } from '../../ui/figures/format-figure.ts';
import { isOnWatchlist, isWeight, unitOf, type AlertDraft } from './alert-draft.ts';

export interface SentenceNeeds {
  readonly t: Translate;
  readonly style: FigureStyle;
  /** The name of the alert's portfolio, where it has one. */
  readonly portfolioName: string;
}

/** "Tell me once when AAPL rises to 200.00 USD or above." */
export function sentenceOf(draft: AlertDraft, needs: SentenceNeeds): string {
  const { t } = needs;
  const what = t(whatKey(draft), {
    symbol: subjectText(draft, t),
    portfolio: needs.portfolioName === '' ? '…' : needs.portfolioName,
    threshold: thresholdText(draft, needs),
    against: againstText(draft, needs),
    window: windowText(draft.window, t),
    period: draft.period,
    bars: t(`alerts.interval.${draft.interval}`),
  });
  return t(`alerts.tell.${draft.repeat}`, { what });
}

function subjectText(draft: AlertDraft, t: Translate): string {
  if (isOnWatchlist(draft)) return t('alerts.anyOf', { list: draft.watchlistName === '' ? '…' : draft.watchlistName });
  return draft.symbol === '' ? '…' : draft.symbol;
}

function whatKey({ condition, direction, threshold }: AlertDraft) {
  if (condition === 'percentChange' || condition === 'averageCross' || condition === 'rsiCross' || condition === 'portfolioDayChange')
    return `alerts.what.${condition}.${direction}` as const;
  if (condition === 'marketMove')
    return threshold === '' ? ('alerts.what.marketMove.usual' as const) : ('alerts.what.marketMove.own' as const);
  return `alerts.what.${condition}` as const;
}

function thresholdText({ condition, threshold, currency }: AlertDraft, { style }: SentenceNeeds): string {
  if (!isDecimalText(threshold)) return '…';
  switch (unitOf(condition)) {
    case 'count':
      return formatQuantity(threshold, style);
    case 'percent':
      return formatPercent(threshold, style, { digits: undefined });
    case 'money':
      return formatMoney(threshold, style, { currency, unit: 'code' });
    case 'price':
      return `${formatPrice(threshold, style, { currency: currency === '' ? undefined : currency })} ${currency}`.trim();
  }
}

function againstText({ against, window, reference, currency }: AlertDraft, { t, style }: SentenceNeeds): string {
  if (against === 'window') return t('alerts.against.window', { window: windowText(window, t) });
  if (against === 'previousClose') return t('alerts.against.previousClose');
  const price = isDecimalText(reference) ? `${formatPrice(reference, style)} ${currency}`.trim() : '…';
  return t('alerts.against.reference', { price });
}

/** "4h" in words. */
export function windowText(window: string, t: Translate): string {
  const count = Number.parseInt(window, 10);
  if (!Number.isFinite(count)) return '…';
  return t(window.endsWith('m') ? 'alerts.minutes' : window.endsWith('h') ? 'alerts.hours' : 'alerts.days', { count });
}

/** A value of an event in the unit of its alert. */
export function valueText(alert: Alert, value: string, style: FigureStyle): string {
  if (alert.condition === 'volumeAbove') return formatQuantity(value, style);
  if (alert.condition === 'rsiCross') return formatPrice(value, style, { digits: 2 });
  if (isWeight(alert.condition)) return formatPercent(Number(value) * 100, style, { digits: 1 });
  // A change against a price of one's own is watched as that price.
  if (alert.reference !== null) return formatPrice(value, style);
  switch (unitOf(alert.condition)) {
    case 'percent':
      return formatPercent(value, style, { signed: true });
    case 'money':
      return formatMoney(value, style, { currency: alert.currency ?? '', unit: 'code' });
    case 'count':
    case 'price':
      return formatPrice(value, style);
  }
}
