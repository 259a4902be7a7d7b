/** Reads the stored text of a portfolio's history back as the engine's transactions. */
import type { Transaction } from '@holdfast/engine/ledger';
import { transactionOf } from '../ledger/index.ts';
import type { StoredFact } from '../ledger/index.ts';

export interface HistoryText {
  readonly text: string;
  readonly baseCurrency: string;
  /** Base currency units per unit by `CURRENCY utcDay`, as text. */
  readonly baseRates: Readonly<Record<string, string>>;
}

export function readHistory(history: HistoryText): readonly Transaction[] {
  return history.text === '' ? [] : history.text.split('\n').map((line) => transactionOf(factOf(line.split('\t'), history)));
}

/** A line's fields in the order in which `findHistory` writes them. */
function factOf(fields: readonly string[], { baseCurrency, baseRates }: HistoryText): StoredFact {
  const [id = '', type = '', day = '', utcDay = '', instrument = '', quantity = '', amount = '', currency = '', fee = '', tax = ''] =
    fields;
  const [counterAmount = '', counterCurrency = '', newShares = '', oldShares = '', newInstrument = '', costShare = ''] = fields.slice(10);
  const [baseCost = '', acquiredOn = '', ownRate = '', lots = ''] = fields.slice(16);
  const dayRate = () => baseRates[`${currency} ${utcDay}`] ?? null;
  return {
    id,
    type,
    tradedOn: Number(day),
    instrument: some(instrument),
    quantity: some(quantity),
    amount,
    currency,
    fee,
    tax,
    counterAmount: some(counterAmount),
    counterCurrency: some(counterCurrency),
    newShares: some(newShares),
    oldShares: some(oldShares),
    newInstrument: some(newInstrument),
    costShare: some(costShare),
    baseCost: some(baseCost),
    acquiredOn: acquiredOn === '' ? null : Number(acquiredOn),
    baseRate: currency === baseCurrency ? null : (some(ownRate) ?? dayRate()),
    lots: lots === '' ? null : (JSON.parse(lots) as StoredFact['lots']),
  };
}

function some(text: string): string | null {
  return text === '' ? null : text;
}
