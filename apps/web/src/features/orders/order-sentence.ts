import { absolute, decimal, divideRounded, formatDecimal, multiply, subtract, type Decimal } from '@holdfast/engine/money';
import type { Translate } from '../../i18n/i18n.ts';
import { formatMoney, formatPercent, formatPrice, formatQuantity, type FigureStyle } from '../../ui/figures/format-figure.ts';
import { exitFields, forceOf, isPositive, priceFields, type OrderDraft } from './order-draft.ts';

export interface SentenceFacts {
  readonly draft: OrderDraft;
  readonly name: string;
  readonly currency: string;
  readonly tickSize: string | null;
  /** What a buyer pays and a seller gets now; null while there is no price. */
  readonly ask: string | null;
  readonly bid: string | null;
  /** From the preview; null while it is not known. */
  readonly fee: string | null;
}

/**
 * The order as a sentence that can be read aloud, with <b> around what matters: what is done, what it costs at most or brings
 * at least, and whether it will wait. Empty while the order is not complete.
 */
export function orderSentence(facts: SentenceFacts, t: Translate, style: FigureStyle): string {
  const { draft } = facts;
  const given = draft.unit === 'shares' ? draft.quantity : draft.amount;
  if (!isPositive(given) || priceFields(draft.type).some((field) => !isPositive(draft[field]))) return '';
  const parts = [whatPart(facts, t, style), costPart(facts, t, style), waitPart(facts, t, style), exitPart(facts, t, style)];
  return parts.filter((part) => part !== '').join(' ');
}

/** "Buy 10 shares of Apple at 225.00 USD or less, today only." */
function whatPart({ draft, name, currency, tickSize }: SentenceFacts, t: Translate, style: FigureStyle): string {
  const { side, type, unit } = draft;
  const timeInForce = forceOf(draft);
  const what =
    unit === 'shares'
      ? t('sentence.shares', { count: plural(draft.quantity), quantity: formatQuantity(draft.quantity, style), name })
      : t('sentence.worth', { amount: formatMoney(draft.amount, style, { currency, unit: 'code' }), name });
  const money = (text: string): string => `${formatPrice(text, style, { tickSize })} ${currency}`;
  const key = type === 'limit' || type === 'stopLimit' ? (`sentence.${side}.limit` as const) : (`sentence.${side}.market` as const);
  const price = priceFields(type).includes('limitPrice') ? money(draft.limitPrice) : '';
  const wish = `${t(key, { what, price })}${untilPart(draft, { money, style }, t)}`;
  const force = type === 'market' && timeInForce === 'day' ? '' : `, ${t(`sentence.force.${timeInForce}`)}`;
  return `${wish}${force}.`;
}

/** ", once the last price falls to 220.00 USD" */
function untilPart(
  { side, type, stopPrice, trail, trailUnit }: OrderDraft,
  { money, style }: { readonly money: (text: string) => string; readonly style: FigureStyle },
  t: Translate,
): string {
  if (type === 'stop' || type === 'stopLimit') return `, ${t(`conditional.sentence.${side}.stop`, { price: money(stopPrice) })}`;
  if (type !== 'trailingStop') return '';
  const distance = trailUnit === 'amount' ? money(trail) : formatPercent(trail, style);
  return `, ${t(`conditional.sentence.${side}.trail`, { distance })}`;
}

/** "Then sell what was bought at 250.00 USD or more, or once the last price falls to 200.00 USD." */
function exitPart({ draft, currency, tickSize }: SentenceFacts, t: Translate, style: FigureStyle): string {
  const [profit, loss] = (['takeProfit', 'stopLoss'] as const).map((field) =>
    exitFields(draft).includes(field) && isPositive(draft[field]) ? `${formatPrice(draft[field], style, { tickSize })} ${currency}` : null,
  );
  if (draft.side === 'sell') return loss === null || loss === undefined ? '' : t('conditional.sentence.otherHalf', { loss });
  if (typeof profit === 'string' && typeof loss === 'string') return t('conditional.sentence.both', { profit, loss });
  if (typeof profit === 'string') return t('conditional.sentence.profit', { profit });
  return typeof loss === 'string' ? t('conditional.sentence.loss', { loss }) : '';
}

/** Words have a plural; 1 is the only quantity that is singular. */
function plural(quantity: string): number {
  return /^0*1(\.0*)?$/.test(quantity) ? 1 : 2;
}

/** "At most 2,250.00 USD plus 1.00 fee." For an amount: how many shares that is about. */
function costPart({ draft, currency, ask, bid, fee }: SentenceFacts, t: Translate, style: FigureStyle): string {
  const market = draft.side === 'buy' ? ask : bid;
  const bound = priceFields(draft.type).includes('limitPrice');
  const price = bound ? draft.limitPrice : draft.type === 'stop' ? draft.stopPrice : market;
  if (price === null) return t('sentence.noPrice');
  if (draft.unit === 'amount') {
    const shares = divideRounded(decimal(draft.amount), decimal(price), { places: 4 });
    return t('sentence.about', {
      quantity: formatQuantity(formatDecimal(shares), style),
      price: `${formatPrice(price, style)} ${currency}`,
    });
  }
  const amount = formatMoney(formatDecimal(multiply(decimal(draft.quantity), decimal(price))), style, { currency, unit: 'code' });
  const total = t(`sentence.${draft.side}.${bound ? 'bound' : 'estimate'}`, { amount });
  if (fee === null || !/[1-9]/.test(fee)) return `${total}.`;
  return `${total} ${t(`sentence.${draft.side}.fee`, { fee: formatMoney(fee, style, { currency, unit: 'none' }) })}.`;
}

/** "The price is 3.44 above your limit, so this will wait." */
function waitPart({ draft, ask, bid, tickSize }: SentenceFacts, t: Translate, style: FigureStyle): string {
  const market = draft.side === 'buy' ? ask : bid;
  if (draft.type !== 'limit' || market === null) return '';
  const distance: Decimal = subtract(decimal(market), decimal(draft.limitPrice));
  const waits = draft.side === 'buy' ? distance > 0n : distance < 0n;
  if (!waits) return t('sentence.now');
  const shown = formatPrice(formatDecimal(absolute(distance)), style, { tickSize });
  const outcome = draft.timeInForce === 'ioc' || draft.timeInForce === 'fok' ? 'lapses' : 'waits';
  return t(`sentence.${draft.side}.${outcome}`, { distance: shown });
}
