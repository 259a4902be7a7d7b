/** A transaction on its way from what was sent to what is stored. */
import type { TransactionType } from '@holdfast/engine/ledger';
import type { Decimal } from '@holdfast/engine/money';
import type { Instrument } from '../instruments/index.ts';
import type { FactDetails } from '../ledger/index.ts';

export type TransactionKind = TransactionType;

export interface TransactionInput {
  readonly quantity?: string | number;
  readonly price?: string | number;
  readonly amount?: string | number;
  readonly currency?: string;
  readonly fee?: string | number;
  readonly tax?: string | number;
  readonly tradedAt?: string;
  readonly note?: string;
  readonly counterAmount?: string | number;
  readonly counterCurrency?: string;
  readonly newShares?: string | number;
  readonly oldShares?: string | number;
  readonly newSymbol?: string;
  readonly costShare?: string | number;
  readonly baseCost?: string | number;
  readonly acquiredOn?: string;
  readonly baseRate?: string | number;
  readonly lots?: readonly { readonly lotId: string; readonly quantity: string | number }[];
}

/** What the figures of a transaction are read against. */
export interface DraftContext {
  readonly instrument: Instrument | null;
  readonly newInstrument: Instrument | null;
  readonly baseCurrency: string;
  readonly timeZone: string;
  readonly now: number;
}

export interface Draft {
  readonly type: TransactionKind;
  readonly instrument: Instrument | null;
  readonly quantity: Decimal | null;
  readonly price: Decimal | null;
  readonly amount: Decimal;
  readonly currency: string;
  readonly fee: Decimal;
  readonly tax: Decimal;
  readonly tradedAt: Date;
  readonly note: string | null;
  readonly details: FactDetails;
}

/** What each type says in its own way. */
export type Figures = Pick<Draft, 'quantity' | 'price' | 'amount' | 'details'>;
