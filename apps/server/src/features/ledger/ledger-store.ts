/** Appends dated facts and ledger transfers. Nothing here changes a row that exists, but for marking a version as superseded. */
import type { Transfer } from '@holdfast/engine/ledger';
import { formatDecimal, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/transact.ts';

export interface NewFact {
  readonly portfolioId: string;
  readonly epoch: number;
  readonly id: string;
  readonly version: number;
  readonly type: string;
  readonly instrumentKey?: number | null;
  readonly quantity?: Decimal | null;
  readonly price?: Decimal | null;
  readonly amount: Decimal;
  readonly currency: string;
  readonly fee?: Decimal;
  readonly tax?: Decimal;
  readonly cashEffect: Decimal;
  readonly realizedGain?: Decimal | null;
  readonly tradedAt: Date;
  readonly recordedAt: Date;
  readonly note?: string | null;
  readonly source: string;
  readonly reversed?: boolean;
  readonly more?: FactDetails;
  readonly transfers: readonly Transfer[];
}

/** What only some types say; the columns of the same names. */
export interface FactDetails {
  readonly counter_amount: string | null;
  readonly counter_currency: string | null;
  readonly new_shares: string | null;
  readonly old_shares: string | null;
  readonly new_instrument_key: number | null;
  readonly cost_share: string | null;
  readonly base_cost: string | null;
  /** YYYY-MM-DD. */
  readonly acquired_on: string | null;
  readonly lots: readonly { readonly lotId: string; readonly quantity: string }[] | null;
  readonly base_rate: string | null;
  readonly external_id: string | null;
  readonly import_id: string | null;
}

export const NO_DETAILS: FactDetails = {
  counter_amount: null,
  counter_currency: null,
  new_shares: null,
  old_shares: null,
  new_instrument_key: null,
  cost_share: null,
  base_cost: null,
  acquired_on: null,
  lots: null,
  base_rate: null,
  external_id: null,
  import_id: null,
};

export async function insertFact(tx: Tx, fact: NewFact): Promise<void> {
  await insertFacts(tx, [fact]);
}

const MOST_FACTS = 250;
const MOST_TRANSFERS = 2_000;

/** A few statements however many there are. */
export async function insertFacts(tx: Tx, facts: readonly NewFact[]): Promise<void> {
  if (facts.length === 0) return;
  // Putting a statement of many rows together holds up others, so that a long list goes in parts.
  for (let from = 0; from < facts.length; from += MOST_FACTS)
    await tx
      .insertInto('transactions')
      .values(facts.slice(from, from + MOST_FACTS).map(rowOf))
      .execute();
  await insertTransfers(
    tx,
    facts.flatMap((fact) => fact.transfers.map((transfer) => ({ ...transfer, ...partOf(fact) }))),
  );
}

function rowOf({ more = NO_DETAILS, ...fact }: NewFact) {
  return {
    portfolio_id: fact.portfolioId,
    id: fact.id,
    version: fact.version,
    epoch: fact.epoch,
    type: fact.type,
    instrument_key: fact.instrumentKey ?? null,
    quantity: text(fact.quantity),
    price: text(fact.price),
    amount: formatDecimal(fact.amount),
    currency: fact.currency,
    fee: formatDecimal(fact.fee ?? ZERO),
    tax: formatDecimal(fact.tax ?? ZERO),
    cash_effect: formatDecimal(fact.cashEffect),
    realized_gain: text(fact.realizedGain),
    traded_at: fact.tradedAt,
    recorded_at: fact.recordedAt,
    note: fact.note ?? null,
    source: fact.source,
    reversed: fact.reversed ?? false,
    ...more,
    lots: more.lots === null ? null : JSON.stringify(more.lots),
  };
}

/** A transfer with the version of the transaction that it was posted for. */
export type NewTransfer = Transfer & {
  readonly portfolioId: string;
  readonly epoch: number;
  readonly version: number;
  readonly recordedAt: Date;
};

function partOf({ portfolioId, epoch, version, recordedAt }: NewFact): Omit<NewTransfer, keyof Transfer> {
  return { portfolioId, epoch, version, recordedAt };
}

export async function insertTransfers(tx: Tx, transfers: readonly NewTransfer[]): Promise<void> {
  for (let from = 0; from < transfers.length; from += MOST_TRANSFERS) {
    const part = transfers.slice(from, from + MOST_TRANSFERS);
    const column = <Value>(of: (transfer: NewTransfer) => Value): Value[] => part.map(of);
    await sql`
      insert into transfers (portfolio_id, epoch, transaction_id, transaction_version, currency, debit_account, credit_account, amount, at)
      select * from unnest(${column((one) => one.portfolioId)}::uuid[], ${column((one) => one.epoch)}::int[],
        ${column((one) => one.transactionId)}::uuid[], ${column((one) => one.version)}::int[], ${column((one) => one.currency)}::text[],
        ${column((one) => one.debitAccount)}::text[], ${column((one) => one.creditAccount)}::text[],
        ${column((one) => formatDecimal(one.amount))}::numeric[], ${column((one) => one.recordedAt)}::timestamptz[])`.execute(tx);
  }
}

/** Marks the newest version as followed by another one. */
export async function supersede(
  tx: Tx,
  fact: { readonly portfolioId: string; readonly id: string; readonly version: number; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('transactions')
    .set({ superseded_at: fact.at })
    .where('portfolio_id', '=', fact.portfolioId)
    .where('id', '=', fact.id)
    .where('version', '=', fact.version)
    .execute();
}

function text(value: Decimal | null | undefined): string | null {
  return value === null || value === undefined ? null : formatDecimal(value);
}
