/** Terms of orders as the database keeps them. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Order, OrderTerms } from '@holdfast/engine/orders';
import type { Cell } from './batch-rows.ts';

/** Decimals as text, so that none passes through a binary float. */
export interface StoredTerms {
  readonly stopPrice: string | null;
  readonly trailAmount: string | null;
  readonly trailPercent: string | null;
  readonly mark: string | null;
  readonly triggeredAt: string | null;
  readonly takeProfit: string | null;
  readonly stopLoss: string | null;
  readonly stopLossLimit: string | null;
  readonly parentId: string | null;
  readonly pairId: string | null;
  readonly replacesId: string | null;
  readonly replacedById: string | null;
  readonly priorityId: string | null;
}

/** The terms of an order `o` as one value; null for a plain one. */
export const STORED_TERMS = `(select jsonb_build_object('stopPrice', t.stop_price::text, 'trailAmount', t.trail_amount::text,
    'trailPercent', t.trail_percent::text, 'mark', t.mark::text, 'triggeredAt', t.triggered_at, 'takeProfit', t.take_profit::text,
    'stopLoss', t.stop_loss::text, 'stopLossLimit', t.stop_loss_limit::text, 'parentId', t.parent_id, 'pairId', t.pair_id,
    'replacesId', t.replaces_id, 'replacedById', t.replaced_by_id, 'priorityId', t.priority_id)
  from order_terms t where t.portfolio_id = o.portfolio_id and t.order_id = o.id)`;

export function termsFrom(stored: StoredTerms): OrderTerms {
  const stopLoss = optional(stored.stopLoss);
  return {
    stopPrice: optional(stored.stopPrice),
    trailAmount: optional(stored.trailAmount),
    trailPercent: optional(stored.trailPercent),
    mark: optional(stored.mark),
    triggeredAt: stored.triggeredAt === null ? null : Date.parse(stored.triggeredAt),
    takeProfit: optional(stored.takeProfit),
    stopLoss: stopLoss === null ? null : { stopPrice: stopLoss, limitPrice: optional(stored.stopLossLimit) },
    parentId: stored.parentId,
    pairId: stored.pairId,
    replacesId: stored.replacesId,
    replacedById: stored.replacedById,
    priorityId: stored.priorityId,
  };
}

/** The cells of a row of `order_terms`. */
export function termCells(order: Pick<Order, 'id'> & { readonly portfolioId: string }, terms: OrderTerms): readonly Cell[] {
  return [
    order.portfolioId,
    order.id,
    text(terms.stopPrice),
    text(terms.trailAmount),
    text(terms.trailPercent),
    text(terms.mark),
    terms.triggeredAt === null ? null : new Date(terms.triggeredAt).toISOString(),
    text(terms.takeProfit),
    text(terms.stopLoss?.stopPrice ?? null),
    text(terms.stopLoss?.limitPrice ?? null),
    terms.parentId,
    terms.pairId,
    terms.replacesId,
    terms.replacedById,
    terms.priorityId,
  ];
}

function optional(stored: string | null): Decimal | null {
  return stored === null ? null : decimal(stored);
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}
