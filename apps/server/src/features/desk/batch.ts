/** One batch of the desk: the portfolios it looks at, changed step by step by the commands, and the rows that come of it. */
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { NOTHING_HELD, isOpen } from '@holdfast/engine/orders';
import type { Account } from '@holdfast/engine/orders';
import type { Posting } from '@holdfast/engine/matching';
import { TableRows } from './batch-rows.ts';
import { storedLots } from './desk-store.ts';
import {
  AUDIT_ENTRIES,
  FOREIGN_CASH,
  HEADS,
  IDEMPOTENCY_KEYS,
  ORDER_CHANGES,
  ORDER_EVENTS,
  ORDERS,
  ORDER_TERMS,
  POSITIONS,
  TERM_CHANGES,
  TRANSACTIONS,
  TRANSFERS,
} from './desk-statement.ts';
import type { CashCommand, Commander, PlaceCommand } from './desk-command.ts';
import type { KeptOrder, PortfolioState } from './portfolio-state.ts';
import { termCells } from './stored-terms.ts';

/** A portfolio under way through a batch. */
export interface Draft {
  readonly before: PortfolioState;
  account: Account;
  openOrders: Map<string, KeptOrder> | null;
  eventSequence: number;
  changed: boolean;
}

/** What listeners are told of a committed change of an order. */
export interface OrderEvent {
  readonly portfolioId: string;
  readonly sequence: number;
  readonly order: KeptOrder;
}

interface QuoteMark {
  readonly number: number;
  readonly source: string;
}

interface WrittenOrder {
  order: KeptOrder;
  readonly placed: Placement | null;
  readonly epoch: number;
}

/** What an order that is new was placed with; nothing for one that another order brought about. */
export type Placement = Pick<PlaceCommand, 'idempotencyKey'> & { readonly requestHash: Buffer | null };

export class Batch {
  readonly drafts = new Map<string, Draft>();
  readonly events: OrderEvent[] = [];
  readonly #orders = new Map<string, WrittenOrder>();
  readonly #orderEvents = new TableRows(ORDER_EVENTS);
  readonly #transactions = new TableRows(TRANSACTIONS);
  readonly #transfers = new TableRows(TRANSFERS);
  readonly #keys = new TableRows(IDEMPOTENCY_KEYS);
  readonly #audit = new TableRows(AUDIT_ENTRIES);
  readonly #now: number;
  readonly #instant: string;

  constructor(states: ReadonlyMap<string, PortfolioState>, now: number) {
    this.#now = now;
    this.#instant = new Date(now).toISOString();
    for (const state of states.values()) {
      this.drafts.set(state.id, {
        before: state,
        account: state.account,
        openOrders: null,
        eventSequence: state.eventSequence,
        changed: false,
      });
    }
  }

  openOrder(draft: Draft, orderId: string): KeptOrder | undefined {
    return (draft.openOrders ?? draft.before.openOrders).get(orderId);
  }

  openOrders(draft: Draft): readonly KeptOrder[] {
    return [...(draft.openOrders ?? draft.before.openOrders).values()];
  }

  /** Records an order's new state with the facts that came with it. */
  recordOrder(
    draft: Draft,
    order: KeptOrder,
    made: {
      readonly account: Account;
      readonly postings: readonly Posting[];
      readonly placed: Placement | null;
      readonly quote: QuoteMark | null;
    },
  ): void {
    draft.account = made.account;
    draft.changed = true;
    draft.eventSequence += 1;
    draft.openOrders ??= new Map(draft.before.openOrders);
    if (isOpen(order.status)) draft.openOrders.set(order.id, order);
    else draft.openOrders.delete(order.id);
    const written = this.#orders.get(order.id);
    if (written === undefined) this.#orders.set(order.id, { order, placed: made.placed, epoch: draft.before.epoch });
    else written.order = order;
    this.#orderEvents.add([
      order.portfolioId,
      draft.eventSequence,
      order.id,
      this.#instant,
      order.status,
      formatDecimal(order.filledQuantity),
      text(order.averageFillPrice),
      formatDecimal(order.fees),
      json(order.rejection),
    ]);
    this.events.push({ portfolioId: order.portfolioId, sequence: draft.eventSequence, order });
    for (const posting of made.postings) this.#recordPosting(draft, posting, { orderId: order.id, quote: made.quote, source: 'order' });
  }

  recordCash(
    draft: Draft,
    account: Account,
    made: { readonly posting: Posting; readonly command: CashCommand; readonly body: string; readonly auditId: string },
  ): void {
    const { posting, command, body, auditId } = made;
    draft.account = account;
    draft.changed = true;
    this.#recordPosting(draft, posting, { orderId: null, quote: null, source: 'cash' });
    if (command.idempotencyKey !== null && command.by !== null) {
      this.#keys.add([command.by.userId, command.idempotencyKey, 'moveCash', command.requestHash, 201, body, this.#instant]);
    }
    this.#recordAudit(auditId, command.by, {
      action: `cash.${command.type}`,
      subjectId: command.portfolioId,
      details: { amount: formatDecimal(command.amount), currency: command.currency },
    });
  }

  #recordAudit(
    id: string,
    by: Commander | null,
    entry: { readonly action: string; readonly subjectId: string; readonly details: object },
  ): void {
    this.#audit.add([
      id,
      this.#instant,
      by?.userId ?? null,
      entry.action,
      'portfolio',
      entry.subjectId,
      by?.requestId ?? null,
      by?.ip ?? null,
      JSON.stringify(entry.details),
    ]);
  }

  #recordPosting(
    draft: Draft,
    posting: Posting,
    origin: { readonly orderId: string | null; readonly quote: QuoteMark | null; readonly source: string },
  ): void {
    const { transaction } = posting;
    const { id: portfolioId, epoch } = draft.before;
    const traded = transaction.type === 'buy' || transaction.type === 'sell' ? transaction : null;
    const exchanged = transaction.type === 'exchange' ? transaction : null;
    const amount = 'amount' in transaction ? formatDecimal(transaction.amount) : '0';
    this.#transactions.add([
      portfolioId, transaction.id, epoch, transaction.type, traded === null ? null : Number(traded.instrument), traded === null ? null : formatDecimal(traded.quantity),
      text(posting.price), amount, transaction.currency, traded === null ? '0' : formatDecimal(traded.fee), formatDecimal(posting.cashEffect), text(posting.realizedGain),
      exchanged === null ? null : formatDecimal(exchanged.counterAmount), exchanged?.counterCurrency ?? null, this.#instant, this.#instant,
      origin.orderId, origin.quote?.number ?? null, origin.quote?.source ?? null, origin.source,
    ]); // prettier-ignore
    for (const transfer of posting.transfers) {
      this.#transfers.add([
        portfolioId,
        epoch,
        transfer.transactionId,
        transfer.currency,
        transfer.debitAccount,
        transfer.creditAccount,
        formatDecimal(transfer.amount),
        this.#instant,
      ]);
    }
  }

  /** The rows of every table, in the order of the statement's parameters; those of terms only where an order has some. */
  tables(): readonly TableRows[] {
    const heads = new TableRows(HEADS);
    const positions = new TableRows(POSITIONS);
    const foreign = new TableRows(FOREIGN_CASH);
    for (const draft of this.drafts.values()) {
      const { before, account } = draft;
      heads.add([
        before.id,
        before.version,
        before.userId,
        before.tokenVersion,
        draft.changed,
        formatDecimal(account.cash),
        formatDecimal(account.reserved),
        draft.eventSequence,
      ]);
      if (draft.changed) addHoldings(positions, draft);
      if (draft.changed) addForeignCash(foreign, draft);
    }
    const { orders, changes, terms, termChanges } = this.#orderRows();
    const plain = [
      heads,
      orders,
      changes,
      this.#orderEvents,
      this.#transactions,
      this.#transfers,
      positions,
      foreign,
      this.#keys,
      this.#audit,
    ];
    return terms === null || termChanges === null ? plain : [...plain, terms, termChanges];
  }

  /** The states after the batch has committed. */
  states(): PortfolioState[] {
    return [...this.drafts.values()]
      .filter((draft) => draft.changed)
      .map((draft) => ({
        ...draft.before,
        version: draft.before.version + 1,
        eventSequence: draft.eventSequence,
        account: draft.account,
        openOrders: draft.openOrders ?? draft.before.openOrders,
      }));
  }

  #orderRows() {
    const orders = new TableRows(ORDERS);
    const changes = new TableRows(ORDER_CHANGES);
    let terms: TableRows | null = null;
    let termChanges: TableRows | null = null;
    for (const { order, placed, epoch } of this.#orders.values()) {
      const common = [
        order.status,
        formatDecimal(order.filledQuantity),
        formatDecimal(order.filledValue),
        text(order.averageFillPrice),
        formatDecimal(order.fees),
        formatDecimal(order.reserved),
      ] as const;
      if (order.terms !== null) {
        terms ??= new TableRows(ORDER_TERMS);
        termChanges ??= new TableRows(TERM_CHANGES);
        terms.add(termCells(order, order.terms));
      }
      if (placed === null) {
        const change = [order.portfolioId, order.id, ...common, json(order.rejection), this.#instant];
        if (order.terms === null) changes.add(change);
        else termChanges?.add([...change, formatDecimal(order.quantity)]);
        continue;
      }
      const draft = this.drafts.get(order.portfolioId);
      orders.add([
        order.portfolioId, order.id, epoch, draft?.before.marketId ?? 'live', draft?.before.userId ?? null, order.instrumentKey, order.side, order.type, order.timeInForce,
        formatDecimal(order.quantity), text(order.notional), text(order.limitPrice), ...common, order.clientOrderId, placed.idempotencyKey, placed.requestHash,
        json(order.rejection), this.#instant, this.#instant, order.expiresAt === null ? null : new Date(order.expiresAt).toISOString(),
      ]); // prettier-ignore
    }
    return { orders, changes, terms, termChanges };
  }

  get now(): number {
    return this.#now;
  }
}

function addHoldings(rows: TableRows, { before, account }: Draft): void {
  if (account.holdings === before.account.holdings) return;
  for (const [key, holding] of account.holdings) {
    if (before.account.holdings.get(key) === holding || (holding === NOTHING_HELD && !before.account.holdings.has(key))) continue;
    rows.add([
      before.id,
      before.epoch,
      key,
      formatDecimal(holding.quantity),
      formatDecimal(holding.reserved),
      formatDecimal(holding.costBasis),
      formatDecimal(holding.baseCost),
      formatDecimal(holding.realizedGain),
      storedLots(holding.lots),
    ]);
  }
}

function addForeignCash(rows: TableRows, { before, account }: Draft): void {
  if (account.foreignCash === before.account.foreignCash) return;
  for (const [currency, balance] of account.foreignCash) {
    if (before.account.foreignCash.get(currency) !== balance) rows.add([before.id, currency, formatDecimal(balance), true]);
  }
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
