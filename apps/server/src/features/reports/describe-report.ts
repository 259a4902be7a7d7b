import type { Report } from '@holdfast/contract/reports';
import { daysOf } from './report-asked.ts';
import type { ReportRecord } from './report-store.ts';

/** Files are kept for a week. */
export const KEPT_MS = 7 * 86_400_000;

export function describeReport(record: ReportRecord): Report {
  const { kind, period, createdAt, finishedAt, userId: _, ...rest } = record;
  return {
    ...rest,
    report: kind,
    ...daysOf(period),
    year: period.year,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    expiresAt: new Date(createdAt.getTime() + KEPT_MS).toISOString(),
  };
}
