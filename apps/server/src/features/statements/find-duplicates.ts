/**
 * Which rows are recorded already: by the broker's own number of a transaction, else by what it is. Two equal purchases on one day are
 * two, so of equal ones as many are duplicates as are recorded.
 */
import { formatDecimal } from '@holdfast/engine/money';
import { dayOfInstant } from '@holdfast/engine/time';
import { offsetMinutes } from '../../platform/time-zone.ts';
import type { StatementFormatId } from './formats/format.ts';
import type { SettledRow } from './settle-row.ts';
import { endsTurn } from '../../platform/turns.ts';
import type { Turns } from '../../platform/turns.ts';

/** A transaction of the portfolio as it was recorded first, since a correction does not make it another one. */
export interface RecordedFact {
  readonly id: string;
  readonly type: string;
  readonly instrumentKey: number | null;
  /** Plain decimals. */
  readonly quantity: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly at: number;
  readonly externalId: string | null;
}

export interface Duplicate {
  /** What it is the duplicate of; null for a row of the same file. */
  readonly transactionId: string | null;
}

/** Files of one broker share the numbers of its transactions. */
const FAMILIES: Partial<Readonly<Record<StatementFormatId, string>>> = {
  'ghostfolio-json': 'ghostfolio',
  'ghostfolio-csv': 'ghostfolio',
  'interactive-brokers-flex': 'interactive-brokers',
  'interactive-brokers-flex-csv': 'interactive-brokers',
  'interactive-brokers-activity': 'interactive-brokers',
};

/** The number under which a row's transaction is kept; null where the broker gives none. */
export function externalIdOf({ brokerId }: Pick<SettledRow, 'brokerId'>, format: StatementFormatId): string | null {
  return brokerId === null ? null : `${FAMILIES[format] ?? format}:${brokerId}`;
}

interface Figures {
  readonly type: string;
  readonly instrumentKey: number | null;
  readonly quantity: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly at: number;
}

/** Of what changes a whole holding only the day counts: its figures follow from what is held. */
const WHOLE = new Set(['split', 'merger']);
/** What is told of a transaction differs between files where it says nothing of its own. */
const WITHOUT_QUANTITY = new Set(['dividend', 'returnOfCapital']);
const OF_NO_INSTRUMENT = new Set(['deposit', 'withdrawal', 'interest', 'fee', 'tax', 'exchange']);

function fingerprint(figures: Figures, timeZone: string): string {
  const { type, at } = figures;
  const day = dayOfInstant(at, offsetMinutes(timeZone, at));
  const instrument = OF_NO_INSTRUMENT.has(type) ? '' : String(figures.instrumentKey);
  if (WHOLE.has(type)) return [day, type, instrument].join('|');
  const quantity = WITHOUT_QUANTITY.has(type) ? '' : (figures.quantity ?? '');
  const amount = type === 'transferOut' ? '' : figures.amount;
  return [day, type, instrument, quantity, amount, figures.currency].join('|');
}

export interface DuplicateSearch {
  readonly rows: readonly SettledRow[];
  readonly format: StatementFormatId;
  readonly recorded: readonly RecordedFact[];
  readonly timeZone: string;
}

export function* findDuplicates({ rows, format, recorded, timeZone }: DuplicateSearch): Turns<ReadonlyMap<SettledRow, Duplicate>> {
  const duplicates = new Map<SettledRow, Duplicate>();
  const byExternalId = new Map(recorded.flatMap((fact) => (fact.externalId === null ? [] : [[fact.externalId, fact] as const])));
  const claimed = new Set<RecordedFact>();
  const seen = new Set<string>();
  const left: SettledRow[] = [];
  for (const [index, row] of rows.entries()) {
    if (endsTurn(index)) yield;
    const externalId = externalIdOf(row, format);
    const known = externalId === null ? undefined : byExternalId.get(externalId);
    const own = `${externalId ?? ''} ${fingerprint(figuresOf(row), timeZone)}`;
    if (known !== undefined) {
      claimed.add(known);
      duplicates.set(row, { transactionId: known.id });
    } else if (externalId !== null && seen.has(own)) duplicates.set(row, { transactionId: null });
    else left.push(row);
    seen.add(own);
  }
  const pool = new Map<string, RecordedFact[]>();
  for (const [index, fact] of recorded.entries()) {
    if (endsTurn(index)) yield;
    if (claimed.has(fact)) continue;
    const key = fingerprint(fact, timeZone);
    const alike = pool.get(key);
    if (alike === undefined) pool.set(key, [fact]);
    else alike.push(fact);
  }
  for (const [index, row] of left.entries()) {
    if (endsTurn(index)) yield;
    const alike = pool.get(fingerprint(figuresOf(row), timeZone)) ?? [];
    const family = externalIdOf(row, format)?.split(':', 1)[0];
    // The same broker's other number is another transaction, however alike.
    const at = alike.findIndex(({ externalId }) => family === undefined || externalId === null || !externalId.startsWith(`${family}:`));
    const [found] = at < 0 ? [] : alike.splice(at, 1);
    if (found !== undefined) duplicates.set(row, { transactionId: found.id });
  }
  return duplicates;
}

function figuresOf({ type, instrument, quantity, amount, currency, at }: SettledRow): Figures {
  return {
    type,
    instrumentKey: instrument?.key ?? null,
    quantity: quantity === null ? null : formatDecimal(quantity),
    amount: formatDecimal(amount),
    currency,
    at,
  };
}
