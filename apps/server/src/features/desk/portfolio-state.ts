import type { Account, Order } from '@holdfast/engine/orders';
import type { Decimal } from '@holdfast/engine/money';

/** A part of an order that traded. */
export interface Fill {
  readonly quantity: Decimal;
  readonly price: Decimal;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** An order as it is kept: the engine's order and what belongs to this portfolio's record of it. */
export interface KeptOrder extends Order {
  readonly portfolioId: string;
  readonly clientOrderId: string | null;
  readonly fills: readonly Fill[];
  readonly rejection: { readonly code: string; readonly detail: string } | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Everything that deciding a command, or valuing the portfolio, needs. Read at one version; frozen. */
export interface PortfolioState {
  readonly id: string;
  readonly userId: string;
  readonly kind: 'tracked' | 'paper';
  readonly cashMode: 'full' | 'implied';
  readonly timeZone: string;
  readonly marketId: string;
  readonly epoch: number;
  readonly archived: boolean;
  readonly version: number;
  readonly eventSequence: number;
  /** The owner's token version when this was read: commands made with an older token are refused. */
  readonly tokenVersion: number;
  readonly ownerIsActive: boolean;
  readonly account: Account;
  readonly openOrders: ReadonlyMap<string, KeptOrder>;
}
