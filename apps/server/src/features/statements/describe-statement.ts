/** A planned statement as it travels. */
import type { Statement } from '@holdfast/contract/statements';
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { symbolOf } from '../instruments/index.ts';
import { writtenAs } from './find-instrument.ts';
import type { OpenedStatement } from './read-statement.ts';
import { unresolvedOf } from './plan-statement.ts';
import type { Outcome, PlannedRow, StatementPlan } from './plan-statement.ts';
import { formatById } from './formats/all-formats.ts';
import type { KeptStatement } from './statement-store.ts';
import { totalsOf } from './statement-totals.ts';

type Kept = Pick<KeptStatement, 'id' | 'portfolioId' | 'fileName' | 'status'>;

export function describeStatement(
  kept: Kept,
  opened: Pick<OpenedStatement, 'format' | 'mapping' | 'columns'>,
  plan: StatementPlan,
): Statement {
  const counted = plan.rows.filter(({ outcome }) => outcome === 'record' || outcome === 'recorded');
  const totals = totalsOf(counted.flatMap(({ row }) => (row === null ? [] : [row])));
  return {
    ...headOf(kept),
    format: opened.format,
    formatTitle: formatById(opened.format).title,
    mapping: opened.mapping,
    columns: [...opened.columns],
    counts: countsOf(plan.rows),
    totals: { types: [...totals.types], cash: totals.cash.map(({ currency, amount }) => ({ currency, amount: formatDecimal(amount) })) },
    unresolved: [...unresolvedOf(plan)],
    rows: plan.rows.map(describeRow),
  };
}

/** One that is recorded: its rows are transactions now, and the file is gone. */
export function describeDone(kept: KeptStatement): Statement {
  const { read, stored, rejected } = kept.rows;
  return {
    ...headOf(kept),
    format: kept.format,
    formatTitle: formatById(kept.format).title,
    mapping: kept.mapping,
    columns: [],
    counts: { ...countsOf([]), recorded: stored, problem: rejected, passed: Math.max(0, read - stored - rejected) },
    totals: { types: [], cash: [] },
    unresolved: [],
    rows: [],
  };
}

function headOf({ id, portfolioId, fileName, status }: Kept) {
  return { id, portfolioId, fileName, status };
}

export function countsOf(rows: readonly PlannedRow[]): Statement['counts'] {
  const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    record: count('record'),
    recorded: count('recorded'),
    duplicate: count('duplicate'),
    unresolved: count('unresolved'),
    problem: count('problem'),
    passed: count('passed'),
  };
}

function describeRow({ line, outcome, row, instrument, column, message, transactionId }: PlannedRow): Statement['rows'][number] {
  return {
    line,
    outcome,
    type: row?.type ?? null,
    tradedAt: row?.tradedAt ?? null,
    symbol: instrument === null ? null : symbolOf(instrument),
    writtenAs: row === null ? null : writtenAs(row),
    name: row?.name ?? null,
    quantity: text(row?.quantity),
    price: text(row?.price),
    amount: text(row?.amount),
    currency: row?.currency ?? null,
    fee: text(row?.fee),
    tax: text(row?.tax),
    counterAmount: text(row?.counterAmount),
    counterCurrency: row?.counterCurrency ?? null,
    column,
    message,
    transactionId,
  };
}

function text(value: Decimal | null | undefined): string | null {
  return value === null || value === undefined ? null : formatDecimal(value);
}
