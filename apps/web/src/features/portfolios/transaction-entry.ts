import type { NewTransaction, Transaction } from '@holdfast/sdk';
import { isDecimalText } from '../../ui/figures/decimal-text.ts';

/** What is filled in for each type that can be recorded by hand; the rest comes by import. */
const FIELDS = {
  buy: ['symbol', 'quantity', 'price', 'fee'],
  sell: ['symbol', 'quantity', 'price', 'fee'],
  deposit: ['amount'],
  withdrawal: ['amount'],
  dividend: ['symbol', 'amount', 'tax'],
  interest: ['amount', 'tax'],
  fee: ['amount'],
  tax: ['amount'],
  split: ['symbol', 'newShares', 'oldShares'],
} as const;

export type EntryType = keyof typeof FIELDS;
export type EntryField = (typeof FIELDS)[EntryType][number];
export const ENTRY_TYPES = Object.keys(FIELDS) as readonly EntryType[];
/** May stay empty, and may be nothing. */
export const OPTIONAL_FIELDS: readonly EntryField[] = ['fee', 'tax'];

/** What stands in the form; decimal fields hold plain decimal text, or whatever else was typed. */
export type Entry = { readonly [Name in EntryField]: string } & {
  readonly type: EntryType;
  readonly currency: string | null;
  readonly day: string;
  readonly note: string;
};

export type EntryProblems = { readonly [Name in EntryField | 'day']?: 'required' | 'amount' };

export function emptyEntry(now: Date): Entry {
  const empty = { symbol: '', quantity: '', price: '', fee: '', tax: '', amount: '', newShares: '', oldShares: '' };
  return { ...empty, type: 'buy', currency: null, day: dayOf(now), note: '' };
}

/** What was recorded, to be corrected; null for types that the form does not know. `zone` is the portfolio's. */
export function entryOf(known: Transaction, zone: string): Entry | null {
  const type = ENTRY_TYPES.find((name) => name === known.type);
  if (type === undefined) return null;
  const unlessNothing = (value: string): string => (/[1-9]/.test(value) ? value : '');
  return {
    type,
    symbol: known.symbol ?? '',
    quantity: known.quantity ?? '',
    price: known.price ?? '',
    fee: unlessNothing(known.fee),
    tax: unlessNothing(known.tax),
    amount: known.amount,
    newShares: known.newShares ?? '',
    oldShares: known.oldShares ?? '',
    currency: known.currency,
    day: new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
      Date.parse(known.tradedAt),
    ),
    note: known.note ?? '',
  };
}

/** The day on the reader's calendar, not on the one of London. */
function dayOf(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function fieldsOf(type: EntryType): readonly EntryField[] {
  return FIELDS[type];
}

/** What is missing or is no amount, before the server is asked. */
export function checkEntry(entry: Entry): EntryProblems {
  const problems: { -readonly [Name in keyof EntryProblems]: EntryProblems[Name] } = {};
  for (const name of fieldsOf(entry.type)) {
    const text = entry[name];
    const isNumber = isDecimalText(text) && !text.startsWith('-');
    if (name === 'symbol') {
      if (text === '') problems.symbol = 'required';
    } else if (OPTIONAL_FIELDS.includes(name)) {
      if (text !== '' && !isNumber) problems[name] = 'amount';
    } else if (!isNumber || !/[1-9]/.test(text)) problems[name] = 'amount';
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(entry.day)) problems.day = 'required';
  return problems;
}

export function toTransaction(entry: Entry): NewTransaction {
  // Today means now: the day alone would be its first instant, before what was recorded this morning.
  const tradedAt = entry.day === dayOf(new Date()) ? {} : { tradedAt: entry.day };
  const note = entry.note.trim() === '' ? {} : { note: entry.note.trim() };
  return { type: entry.type, ...filledIn(entry), ...tradedAt, ...note };
}

type Correction = Omit<NewTransaction, 'type'>;

/** What a correction says: everything that the form shows, but the day only when it is another one. */
export function toCorrection(entry: Entry, before: Entry): Correction {
  const cleared = OPTIONAL_FIELDS.filter((name) => fieldsOf(entry.type).includes(name) && entry[name] === '' && before[name] !== '');
  return {
    ...filledIn(entry),
    ...Object.fromEntries(cleared.map((name) => [name, '0'])),
    ...(entry.day === before.day ? {} : { tradedAt: entry.day }),
    ...(entry.note.trim() === before.note ? {} : { note: entry.note.trim() }),
  };
}

function filledIn(entry: Entry): Correction {
  const named = fieldsOf(entry.type).filter((name) => entry[name] !== '');
  const money = named.includes('amount') && named.includes('symbol') && entry.currency !== null ? { currency: entry.currency } : {};
  return { ...Object.fromEntries(named.map((name) => [name, entry[name]])), ...money };
}
