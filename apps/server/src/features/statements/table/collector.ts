/** Gathers what a file's rows become: each is read on its own, so that one bad row hides no other. */
import { CellProblem } from '../statement-row.ts';
import type { PassedRow, ReadStatement, RowProblem, StatementRow } from '../statement-row.ts';

/** What became of a row: transactions, or why there are none. */
export type RowOutcome = readonly StatementRow[] | { readonly passed: string };

export interface Collector {
  /** Reads one row; a `CellProblem` becomes the problem of its line. */
  read(line: number, work: () => RowOutcome): void;
  add(row: StatementRow): void;
  pass(line: number, reason: string): void;
  problem(line: number, column: string | null, message: string): void;
  done(): ReadStatement;
}

export function createCollector(): Collector {
  const rows: StatementRow[] = [];
  const problems: RowProblem[] = [];
  const passed: PassedRow[] = [];
  return {
    read(line, work) {
      try {
        const outcome = work();
        if ('passed' in outcome) passed.push({ line, reason: outcome.passed });
        else rows.push(...outcome);
      } catch (error) {
        if (!(error instanceof CellProblem)) throw error;
        problems.push({ line, column: error.column, message: error.message });
      }
    },
    add: (row) => void rows.push(row),
    pass: (line, reason) => void passed.push({ line, reason }),
    problem: (line, column, message) => void problems.push({ line, column, message }),
    done: () => ({
      rows: rows.sort((a, b) => a.line - b.line),
      problems: problems.sort((a, b) => a.line - b.line),
      passed: passed.sort((a, b) => a.line - b.line),
    }),
  };
}
