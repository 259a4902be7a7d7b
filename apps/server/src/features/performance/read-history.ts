/** Reads the stored text of a portfolio's history back as the engine's transactions. */
import type { Transaction } from '@holdfast/engine/ledger';
import type { Day } from '@holdfast/engine/time';
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

/** The lines of a day and of later ones, which are the last, and what they name. */
export function historySince(text: string, since: Day) {
  const lines: string[][] = [];
  for (let end = text.length; end > 0;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const fields = text.slice(start, end).split('\t');
    if (Number(fields[2]) < since) break;
    lines.unshift(fields);
    end = start - 1;
  }
  const facts = lines.map((fields) => factOf(fields, NO_RATES));
  const days = facts.map(({ tradedOn }) => tradedOn);
  const keys = facts.flatMap(({ instrument, newInstrument }) => [instrument, newInstrument]).filter((key) => key !== null);
  return {
    text: lines.map((fields) => fields.join('\t')).join('\n'),
    count: lines.length,
    firstDay: days.length === 0 ? null : Math.min(...days),
    instrumentKeys: [...new Set(keys)].map(Number),
    currencies: [...new Set(facts.flatMap(({ currency, counterCurrency }) => [currency, counterCurrency]))].filter((code) => code !== null),
  };
}

const NO_RATES: HistoryText = { text: '', baseCurrency: '', baseRates: {} };

/** A line's fields in the order in which `findHistory` writes them. */
function factOf(fields: readonly string[], { baseCurrency, baseRates }: HistoryText): StoredFact {
  const at = (index: number) => fields[index] ?? '';
  const orNull = (index: number) => some(at(index));
  const currency = at(7);
  const [acquiredOn, lots] = [at(17), at(19)];
  return {
    id: at(0),
    type: at(1),
    tradedOn: Number(at(2)),
    instrument: orNull(4),
    quantity: orNull(5),
    amount: at(6),
    currency,
    fee: at(8),
    tax: at(9),
    counterAmount: orNull(10),
    counterCurrency: orNull(11),
    newShares: orNull(12),
    oldShares: orNull(13),
    newInstrument: orNull(14),
    costShare: orNull(15),
    baseCost: orNull(16),
    acquiredOn: acquiredOn === '' ? null : Number(acquiredOn),
    baseRate: currency === baseCurrency ? null : (orNull(18) ?? baseRates[`${currency} ${at(3)}`] ?? null),
    lots: lots === '' ? null : (JSON.parse(lots) as StoredFact['lots']),
  };
}

function some(text: string): string | null {
  return text === '' ? null : text;
}
