import { add, subtract, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import type { CostMethod, Lot } from '../lots/index.ts';
import type { TradingRules } from './order-rules.ts';

/** What is held of one instrument. Cost in the instrument's currency, fees of purchases inside. */
export interface Holding {
  readonly quantity: Decimal;
  /** Quantity that open sell orders hold back. */
  readonly reserved: Decimal;
  readonly costBasis: Decimal;
  /** Cost in the account's base currency, each purchase at its own rate. */
  readonly baseCost: Decimal;
  readonly realizedGain: Decimal;
  /** Open lots where the cost method keeps them apart; null under average cost. */
  readonly lots: readonly Lot[] | null;
}

/** The money and holdings of one paper portfolio, as far as deciding an order needs them. */
export interface Account {
  readonly baseCurrency: string;
  readonly costMethod: CostMethod;
  /** Cash in the base currency, and what open buy orders hold back of it. */
  readonly cash: Decimal;
  readonly reserved: Decimal;
  readonly creditLimit: Decimal;
  /** Cash in other currencies; never reserved. */
  readonly foreignCash: ReadonlyMap<string, Decimal>;
  readonly holdings: ReadonlyMap<number, Holding>;
  readonly openOrders: number;
  readonly rules: TradingRules;
}

export const NOTHING_HELD: Holding = { quantity: ZERO, reserved: ZERO, costBasis: ZERO, baseCost: ZERO, realizedGain: ZERO, lots: null };

/** Cash in the base currency that a new order may use. */
export function freeCash(account: Account): Decimal {
  return subtract(add(account.cash, account.creditLimit), account.reserved);
}

/** Quantity that a new sell order may use. */
export function freeQuantity(holding: Holding): Decimal {
  return subtract(holding.quantity, holding.reserved);
}

export function holdingOf(account: Account, instrumentKey: number): Holding {
  return account.holdings.get(instrumentKey) ?? NOTHING_HELD;
}
