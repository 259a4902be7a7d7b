/** What each row of a statement would become in a portfolio. Nothing is written here, and the same rows give the same plan. */
import { instrumentFinder, writtenAs } from './find-instrument.ts';
import type { FinderNeeds } from './find-instrument.ts';
import { externalIdOf, findDuplicates } from './find-duplicates.ts';
import type { RecordedFact } from './find-duplicates.ts';
import type { StatementFormatId } from './formats/format.ts';
import { holdRows } from './hold-rows.ts';
import type { RecordedHolding } from './hold-rows.ts';
import { recordingsOf } from './recordings-of.ts';
import { settleRow } from './settle-row.ts';
import type { SettledRow, SettlingPortfolio } from './settle-row.ts';
import type { ReadStatement, StatementRow } from './statement-row.ts';
import type { Instrument } from '../instruments/index.ts';
import type { Recording } from '../transactions/index.ts';
import { atOnce, besides, eachInTurns, endsTurn } from '../../platform/turns.ts';
import type { Turns } from '../../platform/turns.ts';

export type Outcome = 'record' | 'recorded' | 'duplicate' | 'unresolved' | 'problem' | 'passed';

export interface PlannedRow {
  readonly line: number;
  readonly outcome: Outcome;
  readonly row: StatementRow | null;
  readonly instrument: Instrument | null;
  readonly column: string | null;
  readonly message: string | null;
  readonly transactionId: string | null;
  /** What would record it; empty unless the outcome is `record`. The one with the row's own type is what it became. */
  readonly recordings: readonly Recording[];
}

export interface PlanNeeds extends FinderNeeds {
  readonly portfolio: SettlingPortfolio;
  readonly format: StatementFormatId;
  readonly recorded: readonly RecordedFact[];
  readonly holdings: readonly RecordedHolding[];
  /** Epoch milliseconds. */
  readonly now: number;
}

const NOT_OF_INSTRUMENTS = new Set(['deposit', 'withdrawal', 'interest', 'fee', 'tax', 'exchange']);

/** By line, as the file has them; `recordings` are to be taken in the order of `inOrder`. */
export interface StatementPlan {
  readonly rows: readonly PlannedRow[];
  readonly inOrder: readonly PlannedRow[];
}

export function planStatement(needs: PlanNeeds, statement: ReadStatement): StatementPlan {
  return atOnce(planInTurns(needs, statement));
}

/** The same, giving others their turn on the way: a long file takes seconds. */
export function planStatementBesides(needs: PlanNeeds, statement: ReadStatement): Promise<StatementPlan> {
  return besides(planInTurns(needs, statement));
}

function* planInTurns(needs: PlanNeeds, statement: ReadStatement): Turns<StatementPlan> {
  const planned: PlannedRow[] = [
    ...statement.problems.map(({ line, column, message }) => planFor({ line, outcome: 'problem', column, message })),
    ...statement.passed.map(({ line, reason }) => planFor({ line, outcome: 'passed', message: reason })),
  ];
  const settled: SettledRow[] = [];
  const finder = instrumentFinder(needs);
  for (const [index, row] of statement.rows.entries()) {
    if (endsTurn(index)) yield;
    const of = { line: row.line, row };
    const found = NOT_OF_INSTRUMENTS.has(row.type) ? { instrument: null } : finder.find(row);
    if ('reason' in found) {
      planned.push(planFor({ ...of, outcome: 'unresolved', message: found.reason }));
      continue;
    }
    const outcome = settleRow(row, found.instrument, needs);
    if ('row' in outcome) settled.push(outcome.row);
    else if ('passed' in outcome) planned.push(planFor({ ...of, ...found, outcome: 'passed', message: outcome.passed }));
    else planned.push(planFor({ ...of, ...found, outcome: 'problem', message: outcome.problem, column: outcome.column }));
  }
  const inOrder = yield* planSettled(needs, inTime(settled));
  return { rows: [...planned, ...inOrder].sort((a, b) => a.line - b.line), inOrder };
}

function* planSettled(needs: PlanNeeds, rows: readonly SettledRow[]): Turns<readonly PlannedRow[]> {
  const { format, recorded, portfolio, holdings } = needs;
  const duplicates = yield* findDuplicates({ rows, format, recorded, timeZone: portfolio.timeZone });
  const { problems, ratios } = yield* holdRows(
    rows.filter((row) => !duplicates.has(row)),
    holdings,
  );
  return yield* eachInTurns(rows, (row) => {
    const of = { line: row.line, row, instrument: row.instrument };
    const duplicate = duplicates.get(row);
    if (duplicate !== undefined) {
      const message = duplicate.transactionId === null ? 'The same transaction stands in the file before.' : 'It is recorded already.';
      return planFor({ ...of, outcome: 'duplicate', message, transactionId: duplicate.transactionId });
    }
    const problem = problems.get(row);
    if (problem !== undefined) return planFor({ ...of, outcome: 'problem', message: problem });
    const ratio = ratios.get(row) ?? row.ratio;
    return planFor({ ...of, outcome: 'record', recordings: recordingsOf({ ...row, ratio }, portfolio, externalIdOf(row, format)) });
  });
}

function planFor(given: Pick<PlannedRow, 'line' | 'outcome'> & Partial<PlannedRow>): PlannedRow {
  return { row: null, instrument: null, column: null, message: null, transactionId: null, recordings: [], ...given };
}

/** What a sale on the same day needs comes before it, where the file does not say what came first. */
const FIRST = new Set(['deposit', 'transferIn', 'buy', 'interest', 'dividend']);

/** The oldest first. Many files begin with the newest: then rows of one moment are turned around too. */
function inTime(rows: readonly SettledRow[]): readonly SettledRow[] {
  const byLine = [...rows].sort((a, b) => a.line - b.line);
  let rising = 0;
  byLine.forEach((row, index) => {
    const before = byLine[index - 1];
    if (before !== undefined) rising += Math.sign(row.at - before.at);
  });
  if (rising < 0) byLine.reverse();
  const isOneMoment = byLine.every(({ at }) => at === byLine[0]?.at);
  const rank = ({ type }: SettledRow): number => (FIRST.has(type) ? 0 : 1);
  return byLine.sort((a, b) => a.at - b.at || (isOneMoment ? rank(a) - rank(b) : 0));
}

export interface UnresolvedInstrument {
  readonly writtenAs: string;
  readonly symbol: string | null;
  readonly isin: string | null;
  readonly name: string | null;
  readonly currency: string | null;
  readonly rows: number;
  readonly reason: string;
}

/** The instruments to be named, each once. */
export function unresolvedOf({ rows }: StatementPlan): readonly UnresolvedInstrument[] {
  const found = new Map<string, UnresolvedInstrument>();
  for (const { row, outcome, message } of rows) {
    if (outcome !== 'unresolved' || row === null) continue;
    const key = writtenAs(row) ?? '';
    const { symbol, isin, name, currency } = row;
    found.set(key, { writtenAs: key, symbol, isin, name, currency, rows: (found.get(key)?.rows ?? 0) + 1, reason: message ?? '' });
  }
  return [...found.values()];
}
