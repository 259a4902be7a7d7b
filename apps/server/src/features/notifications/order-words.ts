/** What owners are told of their orders. */
import { priceText, quantityText } from './figure-text.ts';
import type { Locale, NewNotification, NotificationText } from './notification.ts';
import type { NoticeCount, OrderNotice } from './order-notice-store.ts';

const link = (portfolioId: string) => `/portfolios/${portfolioId}`;
const both = (text: (locale: Locale) => NotificationText) => ({ en: text('en'), de: text('de') });

export function orderNotification(notice: OrderNotice): NewNotification {
  const { portfolioId, userId, sequence, status } = notice;
  const isFill = status === 'filled' || status === 'partiallyFilled';
  return {
    userId,
    kind: isFill ? 'fill' : 'refusal',
    severity: status === 'rejected' ? 'warning' : 'info',
    text: both((locale) => (isFill ? fillText(locale, notice) : failureText(locale, notice))),
    link: link(portfolioId),
    dedupeKey: `orders:${portfolioId}:${sequence}`,
  };
}

function fillText(locale: Locale, { side, symbol, currency, quantity, filledQuantity, averagePrice, portfolioName, status }: OrderNotice) {
  const price = averagePrice === null ? '' : priceText(locale, averagePrice, currency);
  const filled = quantityText(locale, filledQuantity);
  const whole = quantityText(locale, quantity);
  if (locale === 'de') {
    const amount = status === 'filled' ? filled : `${filled} von ${whole}`;
    return {
      title: `${amount} ${symbol} zu ${price} ${side === 'buy' ? 'gekauft' : 'verkauft'}`,
      body:
        status === 'filled' ? `Die Order in ${portfolioName} ist ausgeführt.` : `Die Order in ${portfolioName} ist zum Teil ausgeführt.`,
    };
  }
  const amount = status === 'filled' ? filled : `${filled} of ${whole}`;
  return {
    title: `${side === 'buy' ? 'Bought' : 'Sold'} ${amount} ${symbol} at ${price}`,
    body: status === 'filled' ? `The order in ${portfolioName} is filled.` : `The order in ${portfolioName} is partly filled.`,
  };
}

function failureText(locale: Locale, { side, symbol, quantity, filledQuantity, portfolioName, status }: OrderNotice): NotificationText {
  const [whole, filled] = [quantityText(locale, quantity), quantityText(locale, filledQuantity)];
  if (locale === 'de') {
    const order = `${side === 'buy' ? 'Kauf' : 'Verkauf'} von ${whole} ${symbol}`;
    return status === 'expired'
      ? { title: `${order} verfallen`, body: `Die Order in ${portfolioName} ist abgelaufen; ausgeführt: ${filled}.` }
      : { title: `${order} abgelehnt`, body: `Die Order in ${portfolioName} konnte nicht mehr ausgeführt werden.` };
  }
  const order = `to ${side} ${whole} ${symbol}`;
  return status === 'expired'
    ? { title: `Order ${order} expired`, body: `The order in ${portfolioName} has run out of time; filled: ${filled}.` }
    : { title: `Order ${order} refused`, body: `The order in ${portfolioName} could not be carried out any more.` };
}

/** In place of each of them, where there are many at once. */
export function ordersNotification(
  { portfolioId, userId, portfolioName, filledOrders, failedOrders }: NoticeCount,
  last: number,
): NewNotification {
  return {
    userId,
    kind: filledOrders > 0 ? 'fill' : 'refusal',
    text: {
      en: {
        title: `${quantityText('en', String(filledOrders))} orders filled in ${portfolioName}`,
        body: failedOrders === 0 ? '' : `${quantityText('en', String(failedOrders))} were refused or expired.`,
      },
      de: {
        title: `${quantityText('de', String(filledOrders))} Orders in ${portfolioName} ausgeführt`,
        body: failedOrders === 0 ? '' : `${quantityText('de', String(failedOrders))} wurden abgelehnt oder sind verfallen.`,
      },
    },
    link: link(portfolioId),
    dedupeKey: `orders:${portfolioId}:${last}`,
  };
}
