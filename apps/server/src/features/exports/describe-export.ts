import type { AccountExport } from '@holdfast/contract/exports';
import type { ExportRecord } from './export-store.ts';

/** Files are kept for a week, as reports are; the upkeep removes both. */
const KEPT_MS = 7 * 86_400_000;

export function describeExport({ userId: _, createdAt, finishedAt, ...rest }: ExportRecord): AccountExport {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    expiresAt: new Date(createdAt.getTime() + KEPT_MS).toISOString(),
  };
}
