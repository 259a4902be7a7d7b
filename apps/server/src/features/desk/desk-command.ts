import type { OrderChange } from '@holdfast/engine/matching';
import type { OrderRequest } from '@holdfast/engine/orders';
import type { Decimal } from '@holdfast/engine/money';
import type { Instrument } from '../instruments/index.ts';
import type { KeptOrder } from './portfolio-state.ts';

/** Who gives the command; the feed and the clock give theirs without a token. */
export interface Commander {
  readonly userId: string;
  readonly tokenVersion: number;
  readonly requestId: string;
  readonly ip: string;
}

interface Command {
  readonly portfolioId: string;
  /** Null for commands of the platform itself: triggered fills, expiries. */
  readonly by: Commander | null;
}

export interface PlaceCommand extends Command {
  readonly kind: 'place';
  readonly request: OrderRequest;
  readonly instrument: Instrument;
  readonly clientOrderId: string | null;
  readonly idempotencyKey: string | null;
  /** Hash of the order's body: the same key with another body is refused. */
  readonly requestHash: Buffer;
}

export interface CancelCommand extends Command {
  readonly kind: 'cancel';
  readonly orderId: string;
}

/** A new order takes the place of an open one, or the open one stands as it was. */
export interface ReplaceCommand extends Command {
  readonly kind: 'replace';
  readonly orderId: string;
  /** The new order's. */
  readonly newId: string;
  readonly change: OrderChange;
  /** The best price that a trailing stop has followed, as it was kept last. */
  readonly mark: Decimal | null;
  readonly clientOrderId: string | null;
}

export interface ExpireCommand extends Command {
  readonly kind: 'expire';
  readonly orderId: string;
}

/** A quote reached the order; whether it still stands is decided by the desk. */
export interface TriggerCommand extends Command {
  readonly kind: 'trigger';
  readonly orderId: string;
  /** The price that reached a stop and the best price before it; null where the order waits for its limit. */
  readonly seen: { readonly last: Decimal; readonly mark: Decimal | null } | null;
}

export interface CashCommand extends Command {
  readonly kind: 'cash';
  readonly type: 'deposit' | 'withdrawal';
  readonly amount: Decimal;
  readonly currency: string;
  readonly idempotencyKey: string | null;
  readonly requestHash: Buffer;
}

export type DeskCommand = PlaceCommand | CancelCommand | ReplaceCommand | ExpireCommand | TriggerCommand | CashCommand;

export interface CashReceipt {
  readonly transactionId: string;
  readonly type: 'deposit' | 'withdrawal';
  readonly amount: Decimal;
  readonly currency: string;
  readonly balance: Decimal;
  readonly at: number;
}

/** What became of a command. `replayed`: an earlier request with the same key had the effect. */
export type DeskOutcome =
  | { readonly kind: 'order'; readonly order: KeptOrder; readonly replayed: 'no' | 'clientOrderId' | 'idempotencyKey' }
  | { readonly kind: 'cash'; readonly receipt: CashReceipt; readonly replayed: boolean }
  /** `final`: the order is not open (any more). Else it waits on: the market does not reach it. */
  | { readonly kind: 'nothing'; readonly final: boolean };

/** A command that waits for its answer. */
export interface Pending {
  readonly command: DeskCommand;
  readonly resolve: (outcome: DeskOutcome) => void;
  readonly reject: (error: unknown) => void;
}
