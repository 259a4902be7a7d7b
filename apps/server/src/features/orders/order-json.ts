import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { stopOf } from '@holdfast/engine/orders';
import type { OrderTerms, StopLoss } from '@holdfast/engine/orders';
import type { KeptOrder } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';

/** An order as the API prints it. Written out by hand: it is on the hottest path of all. */
export function orderJson(order: KeptOrder, instrument: Instrument | null): string {
  const fills = order.fills.map(
    ({ quantity, price, at }) => `{"quantity":"${formatDecimal(quantity)}","price":"${formatDecimal(price)}","at":"${instant(at)}"}`,
  );
  return (
    `{"id":"${order.id}","clientOrderId":${order.clientOrderId === null ? 'null' : JSON.stringify(order.clientOrderId)},"portfolioId":"${order.portfolioId}",` +
    `"symbol":${JSON.stringify(instrument === null ? '' : symbolOf(instrument))},"side":"${order.side}","type":"${order.type}","timeInForce":"${order.timeInForce}",` +
    `"quantity":"${formatDecimal(order.quantity)}","notional":${exact(order.notional)},"limitPrice":${exact(order.limitPrice)},"stopPrice":${exact(order.terms === null ? null : shownStop(order))},` +
    `"status":"${order.status}","filledQuantity":"${formatDecimal(order.filledQuantity)}","averageFillPrice":${exact(order.averageFillPrice)},` +
    `"fees":"${formatDecimal(order.fees)}","currency":"${instrument?.currency ?? ''}","fills":[${fills.join(',')}],` +
    `"rejection":${order.rejection === null ? 'null' : JSON.stringify(order.rejection)},"createdAt":"${instant(order.createdAt)}",` +
    `"updatedAt":"${instant(order.updatedAt)}","expiresAt":${order.expiresAt === null ? 'null' : `"${instant(order.expiresAt)}"`}${order.terms === null ? '' : termsJson(order.terms)}}`
  );
}

/** The price at which the stop is reached, or was to be reached. */
function shownStop(order: KeptOrder): Decimal | null {
  const { terms } = order;
  return terms === null ? null : (terms.stopPrice ?? stopOf({ side: order.side, terms: { ...terms, triggeredAt: null } }));
}

function termsJson(terms: OrderTerms): string {
  const { takeProfit, stopLoss, trailAmount, trailPercent, triggeredAt } = terms;
  const fields = [
    ['trailAmount', trailAmount === null ? null : formatDecimal(trailAmount)],
    ['trailPercent', trailPercent === null ? null : formatDecimal(trailPercent)],
    ['triggeredAt', triggeredAt === null ? null : instant(triggeredAt)],
    ['takeProfit', takeProfit === null ? null : { limitPrice: formatDecimal(takeProfit) }],
    ['stopLoss', stopLoss === null ? null : stopLossOf(stopLoss)],
    ['parentId', terms.parentId],
    ['pairId', terms.pairId],
    ['replacesId', terms.replacesId],
    ['replacedById', terms.replacedById],
  ] as const;
  return fields.flatMap(([name, value]) => (value === null ? [] : [`,"${name}":${JSON.stringify(value)}`])).join('');
}

function stopLossOf({ stopPrice, limitPrice }: StopLoss) {
  return { stopPrice: formatDecimal(stopPrice), limitPrice: limitPrice === null ? null : formatDecimal(limitPrice) };
}

function exact(value: Decimal | null): string {
  return value === null ? 'null' : `"${formatDecimal(value)}"`;
}

let lastInstant = Number.NaN;
let lastText = '';

/** Orders of one batch share their instant: the text is made once. */
function instant(at: number): string {
  if (at !== lastInstant) {
    lastInstant = at;
    lastText = new Date(at).toISOString();
  }
  return lastText;
}
