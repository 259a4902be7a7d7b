/** Decides one command against a draft with the engine, and records what comes of it. A refusal is thrown as an answer and leaves the draft as it was. */
import { formatDecimal } from '@holdfast/engine/money';
import { close, fillResting, moveCash, place, replace } from '@holdfast/engine/matching';
import type { MarketQuote, Moment, Outcome, Posting } from '@holdfast/engine/matching';
import type { Order } from '@holdfast/engine/orders';
import { AppError, notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Quote } from '../quotes/index.ts';
import type { Batch, Draft, Placement } from './batch.ts';
import type { CashCommand, CashReceipt, DeskCommand, DeskOutcome, PlaceCommand, ReplaceCommand, TriggerCommand } from './desk-command.ts';
import type { Market } from './market.ts';
import type { Fill, KeptOrder } from './portfolio-state.ts';
import { refusalError } from './refusal-error.ts';

const FINAL: DeskOutcome = { kind: 'nothing', final: true };
const WAITS: DeskOutcome = { kind: 'nothing', final: false };

export function decideCommand(batch: Batch, command: DeskCommand, market: Market): DeskOutcome {
  const draft = batch.drafts.get(command.portfolioId);
  if (draft === undefined) throw notFound('portfolio');
  authorize(draft, command);
  switch (command.kind) {
    case 'place':
      return decidePlacement({ batch, draft, market }, command);
    case 'cancel':
    case 'expire': {
      const order = batch.openOrder(draft, command.orderId);
      if (order === undefined) return FINAL;
      return end({ batch, draft, market }, order, command.kind === 'cancel' ? 'canceled' : 'expired');
    }
    case 'trigger':
      return decideTrigger({ batch, draft, market }, command);
    case 'replace':
      return decideReplacement({ batch, draft, market }, command);
    case 'cash':
      return decideCash({ batch, draft, market }, command);
  }
}

interface Deciding {
  readonly batch: Batch;
  readonly draft: Draft;
  readonly market: Market;
}

function authorize(draft: Draft, command: DeskCommand): void {
  const { before } = draft;
  if (command.by !== null) {
    if (command.by.userId !== before.userId) throw notFound('portfolio');
    if (!before.ownerIsActive || command.by.tokenVersion !== before.tokenVersion)
      throw new AppError('unauthenticated', 'The session has ended. Sign in again.');
  }
  if (command.kind !== 'place' && command.kind !== 'replace' && command.kind !== 'cash') return;
  if (before.archived) throw new AppError('portfolio_archived', 'The portfolio is archived. Bring it back first.');
  if (before.kind === 'tracked')
    throw new AppError(
      'portfolio_kind',
      'A tracked portfolio takes no orders: record the transaction, or open a paper portfolio to trade.',
    );
}

const UNKEYED: Placement = { idempotencyKey: null, requestHash: null };

function decidePlacement({ batch, draft, market }: Deciding, command: PlaceCommand): DeskOutcome {
  const { instrument, request } = command;
  const context = market.placementContext(instrument, draft.before, momentOf(batch, draft, market));
  const decision = place(draft.account, request, context);
  if (decision.outcome === 'refused') throw refusalError(decision.refusal, instrument);
  const order = newOrder(batch, decision.order, {
    portfolioId: command.portfolioId,
    clientOrderId: command.clientOrderId,
    fills: fillsOf(decision.postings, batch.now),
  });
  batch.recordOrder(draft, order, { ...decision, placed: command, quote: markOf(market.quoteOf(instrument.key)) });
  recordOthers({ batch, draft, market }, decision.others);
  return { kind: 'order', order, replayed: 'no' };
}

function newOrder(batch: Batch, order: Order, of: Pick<KeptOrder, 'portfolioId' | 'clientOrderId' | 'fills'>): KeptOrder {
  return { ...order, ...of, rejection: null, createdAt: batch.now, updatedAt: batch.now };
}

/** Orders that another one has brought about or changed: written, and told, with it. */
function recordOthers({ batch, draft }: Deciding, others: readonly Order[]): void {
  for (const other of others) {
    const before = batch.openOrder(draft, other.id);
    const kept =
      before === undefined
        ? newOrder(batch, other, { portfolioId: draft.before.id, clientOrderId: null, fills: [] })
        : { ...before, ...other, updatedAt: batch.now };
    const placed = before === undefined ? UNKEYED : null;
    batch.recordOrder(draft, kept, { account: draft.account, postings: [], placed, quote: null });
  }
}

/** The open orders that belong to one: a plain order has none, and none is looked for. */
function linkedTo({ batch, draft }: Deciding, order: Order): readonly KeptOrder[] {
  const { terms } = order;
  if (terms === null) return [];
  const belongs = (other: KeptOrder): boolean =>
    other.terms !== null && (other.terms.parentId === order.id || (terms.pairId !== null && other.terms.pairId === terms.pairId));
  return batch.openOrders(draft).filter((other) => other.id !== order.id && belongs(other));
}

function decideReplacement(deciding: Deciding, command: ReplaceCommand): DeskOutcome {
  const { batch, draft, market } = deciding;
  const before = batch.openOrder(draft, command.orderId);
  const instrument = before === undefined ? null : market.instrumentOf(before.instrumentKey);
  // Thrown, so that a repeated request finds the order that its first one made.
  if (before === undefined || instrument === null)
    throw new AppError('order_final', 'The order is not open any more and cannot be replaced.');
  const context = market.placementContext(instrument, draft.before, momentOf(batch, draft, market));
  const marked = before.terms === null || command.mark === null ? before : { ...before, terms: { ...before.terms, mark: command.mark } };
  const replacing = { order: marked, linked: linkedTo(deciding, before), change: command.change, id: command.newId };
  const decision = replace(draft.account, replacing, context);
  if (decision.outcome === 'refused') throw refusalError(decision.refusal, instrument);
  const { portfolioId, clientOrderId } = command;
  const order = newOrder(batch, decision.order, { portfolioId, clientOrderId, fills: fillsOf(decision.postings, batch.now) });
  const made = { account: decision.account, placed: null, quote: null };
  batch.recordOrder(draft, { ...before, ...decision.replaced, updatedAt: batch.now }, { ...made, postings: [] });
  const quote = markOf(market.quoteOf(instrument.key));
  batch.recordOrder(draft, order, { ...made, postings: decision.postings, placed: UNKEYED, quote });
  recordOthers(deciding, decision.others);
  return { kind: 'order', order, replayed: 'no' };
}

function end(deciding: Deciding, order: KeptOrder, status: 'canceled' | 'expired'): DeskOutcome {
  const outcome = close(deciding.draft.account, { order, linked: linkedTo(deciding, order) }, status);
  return outcome === null ? FINAL : recordOutcome(deciding, order, { outcome, quote: null });
}

function decideTrigger(deciding: Deciding, { orderId, seen }: TriggerCommand): DeskOutcome {
  const { batch, draft, market } = deciding;
  const order = batch.openOrder(draft, orderId);
  if (order === undefined) return FINAL;
  // Nothing has looked for it yet, but its time is over.
  if (order.expiresAt !== null && order.expiresAt <= batch.now) return end(deciding, order, 'expired');
  const instrument = market.instrumentOf(order.instrumentKey);
  const quote = instrument === null ? null : market.tradableQuote(instrument, draft.before);
  if (instrument === null || quote === null) return WAITS;
  const traded = market.tradedInstrument(instrument, draft.before.account.baseCurrency);
  const outcome = fillResting(
    draft.account,
    { order, instrument: traded, quote: quote satisfies MarketQuote, linked: linkedTo(deciding, order), seen },
    momentOf(batch, draft, market),
  );
  return outcome === null ? WAITS : recordOutcome(deciding, order, { outcome, quote });
}

function recordOutcome(
  deciding: Deciding,
  before: KeptOrder,
  made: { readonly outcome: Outcome; readonly quote: Quote | null },
): DeskOutcome {
  const { batch, draft } = deciding;
  const { outcome, quote } = made;
  const order: KeptOrder = {
    ...before,
    ...(outcome.order satisfies Order),
    fills: [...before.fills, ...fillsOf(outcome.postings, batch.now)],
    rejection: outcome.rejection,
    updatedAt: batch.now,
  };
  batch.recordOrder(draft, order, { account: outcome.account, postings: outcome.postings, placed: null, quote: markOf(quote) });
  recordOthers(deciding, outcome.others);
  return { kind: 'order', order, replayed: 'no' };
}

function decideCash({ batch, draft, market }: Deciding, command: CashCommand): DeskOutcome {
  const moved = moveCash(draft.account, command, momentOf(batch, draft, market));
  if ('code' in moved) throw refusalError(moved, { symbol: command.currency, currency: command.currency });
  const { account, posting } = moved;
  const balance = command.currency === account.baseCurrency ? account.cash : account.foreignCash.get(command.currency);
  const receipt: CashReceipt = {
    transactionId: posting.transaction.id,
    type: command.type,
    amount: command.amount,
    currency: command.currency,
    balance: balance ?? account.cash,
    at: batch.now,
  };
  batch.recordCash(draft, account, { posting, command, body: receiptText(receipt), auditId: newId(batch.now) });
  return { kind: 'cash', receipt, replayed: false };
}

/** The receipt as it is answered, and kept for a repeated key. */
export function receiptText(receipt: CashReceipt): string {
  const { transactionId, type, amount, currency, balance, at } = receipt;
  return JSON.stringify({
    transactionId,
    type,
    amount: formatDecimal(amount),
    currency,
    balance: formatDecimal(balance),
    tradedAt: new Date(at).toISOString(),
  });
}

function momentOf(batch: Batch, draft: Draft, market: Market): Moment {
  return { now: batch.now, day: market.dayOf(batch.now, draft.before.timeZone), newId: () => newId(batch.now) };
}

function fillsOf(postings: readonly Posting[], at: number): readonly Fill[] {
  return postings.flatMap(({ transaction, price }) =>
    (transaction.type === 'buy' || transaction.type === 'sell') && price !== null ? [{ quantity: transaction.quantity, price, at }] : [],
  );
}

function markOf(quote: Quote | null): { readonly number: number; readonly source: string } | null {
  return quote === null ? null : { number: quote.number, source: quote.source };
}
