import type { Decimal } from '../money/index.ts';
import type { Day } from '../time/index.ts';
import { issueId } from './issue-id.ts';
import type { QualityInput } from './record.ts';

export type Severity = 'low' | 'medium' | 'high';

/** The one step that puts it right, where there is one that cannot do harm: what it does is recorded and can be taken back. */
export type Fix =
  /** Takes the record back. */
  | { readonly kind: 'reverse'; readonly recordId: string }
  | {
      readonly kind: 'recordSplit';
      readonly symbol: string;
      readonly exOn: Day;
      readonly newShares: Decimal;
      readonly oldShares: Decimal;
    }
  /** Brings the money that was missing. */
  | { readonly kind: 'deposit'; readonly currency: string; readonly on: Day; readonly amount: Decimal };

/** What a check found, before it has an identity. */
export interface Finding {
  /** What the finding is about, once per check: a record's id, or symbol and day. */
  readonly subject: string;
  readonly recordId: string | null;
  /** When what is wrong happened, as milliseconds since 1970; null for what is wrong now. */
  readonly at: number | null;
  readonly description: string;
  readonly fix?: Fix;
}

/** One kind of thing that can be wrong. */
export interface Check {
  readonly id: string;
  readonly severity: Severity;
  /** What the reader can do about it. */
  readonly advice: string;
  readonly find: (input: QualityInput) => readonly Finding[];
}

/** Something that is wrong, with an id that is the same each time the checks run. */
export interface QualityIssue {
  readonly id: string;
  readonly check: string;
  readonly severity: Severity;
  readonly description: string;
  readonly advice: string;
  readonly recordId: string | null;
  readonly at: number | null;
  /** Null where somebody has to decide. */
  readonly fix: Fix | null;
}

const GRAVITY: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** Runs the checks; the gravest issues first, then the oldest. `scope` keeps the ids of two portfolios apart. */
export function runChecks(checks: readonly Check[], input: QualityInput, scope: string): readonly QualityIssue[] {
  return checks
    .flatMap((check) => check.find(input).map((finding) => issueOf(check, finding, scope)))
    .toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || (a.at ?? input.nowMs) - (b.at ?? input.nowMs));
}

function issueOf(
  { id: check, severity, advice }: Check,
  { subject, recordId, at, description, fix }: Finding,
  scope: string,
): QualityIssue {
  return { id: issueId([scope, check, subject]), check, severity, description, advice, recordId, at, fix: fix ?? null };
}
