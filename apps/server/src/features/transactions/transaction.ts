import { decimal, formatDecimal, isNegative, isPositive } from '@holdfast/engine/money';
import type { FactDetails } from '../ledger/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { symbolOf } from '../instruments/index.ts';

/** A transaction as stored: one version of a dated fact. */
export interface TransactionRow extends FactDetails {
  readonly portfolio_id: string;
  readonly id: string;
  readonly version: number;
  readonly epoch: number;
  readonly type: string;
  readonly instrument_key: number | null;
  readonly quantity: string | null;
  readonly price: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly fee: string;
  readonly tax: string;
  readonly cash_effect: string;
  readonly realized_gain: string | null;
  readonly traded_at: Date;
  readonly recorded_at: Date;
  readonly order_id: string | null;
  readonly note: string | null;
  readonly source: string;
  readonly reversed: boolean;
}

export function describeTransaction(row: TransactionRow, instruments: InstrumentBook) {
  const instrument: Instrument | null = row.instrument_key === null ? null : instruments.byKey(row.instrument_key);
  return {
    id: row.id,
    portfolioId: row.portfolio_id,
    version: row.version,
    type: row.type as 'buy',
    symbol: instrument === null ? null : symbolOf(instrument),
    quantity: exact(row.quantity),
    price: exact(row.price),
    amount: plain(row.amount),
    currency: row.currency,
    fee: plain(row.fee),
    tax: plain(row.tax),
    cashEffect: plain(row.cash_effect),
    realizedGain: exact(row.realized_gain),
    ...describeDetails(row, instruments),
    orderId: row.order_id,
    note: row.note,
    source: row.source,
    tradedAt: row.traded_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
  };
}

/** What only some types say; left out where there is nothing to say. */
function describeDetails(row: TransactionRow, instruments: InstrumentBook) {
  const received = row.new_instrument_key === null ? null : instruments.byKey(row.new_instrument_key);
  return {
    ...(row.counter_amount === null ? {} : { counterAmount: plain(row.counter_amount) }),
    ...(row.counter_currency === null ? {} : { counterCurrency: row.counter_currency }),
    ...(row.new_shares === null ? {} : { newShares: plain(row.new_shares) }),
    ...(row.old_shares === null ? {} : { oldShares: plain(row.old_shares) }),
    ...(received === null ? {} : { newSymbol: symbolOf(received) }),
    ...(row.cost_share === null ? {} : { costShare: plain(row.cost_share) }),
    ...(row.base_cost === null ? {} : { baseCost: plain(row.base_cost) }),
    ...(row.acquired_on === null ? {} : { acquiredOn: row.acquired_on }),
    ...(row.base_rate === null ? {} : { baseRate: plain(row.base_rate) }),
    ...(row.lots === null ? {} : { lots: [...row.lots] }),
  };
}

export function detailsOf(row: TransactionRow): FactDetails {
  return {
    counter_amount: row.counter_amount,
    counter_currency: row.counter_currency,
    new_shares: row.new_shares,
    old_shares: row.old_shares,
    new_instrument_key: row.new_instrument_key,
    cost_share: row.cost_share,
    base_cost: row.base_cost,
    acquired_on: row.acquired_on,
    lots: row.lots,
    base_rate: row.base_rate,
    external_id: row.external_id,
    import_id: row.import_id,
  };
}

/** A row that lenient recording kept although nobody can have traded it. It makes no holding and no ledger entry. */
export function isImpossible(row: Pick<TransactionRow, 'quantity' | 'price'>): boolean {
  return row.quantity !== null && (!isPositive(decimal(row.quantity)) || isNegative(decimal(row.price ?? '0')));
}

function plain(text: string): string {
  return formatDecimal(decimal(text));
}

function exact(text: string | null): string | null {
  return text === null ? null : plain(text);
}
