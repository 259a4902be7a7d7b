import type { ImportEvent, ImportStatus } from '@holdfast/contract/imports';
import type { RowFault } from './tick-file/row-fault.ts';
import type { RowTally } from './tick-file/tick-file-reader.ts';

/** One import as it is kept. */
export interface ImportRecord {
  readonly id: string;
  readonly kind: 'ticks' | 'statement';
  /** Narrow key of the wide tables. */
  readonly key: number;
  readonly userId: string | null;
  readonly fileName: string;
  readonly byteCount: number;
  /** IANA name that was given for the file's times, or null. */
  readonly zone: string | null;
  readonly status: ImportStatus;
  readonly rows: Readonly<RowTally>;
  readonly detail: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** How far an import is. */
export interface ImportState {
  readonly status: ImportStatus;
  /** 0 to 1: how much of the file was read. */
  readonly progress: number;
  readonly rows: Readonly<RowTally>;
  readonly detail: string | null;
}

/** Rejected rows that are kept with the import. */
export const MOST_KEPT_FAULTS = 1_000;

export type KeptFault = RowFault;

/** The stream channel of an import. */
export function channelOf(importId: string): string {
  return `imports:${importId}`;
}

export function eventOf({ status, progress, rows, detail }: ImportState): ImportEvent {
  return {
    status,
    progress: Math.round(progress * 1000) / 1000,
    rowsRead: rows.read,
    rowsStored: rows.stored,
    rowsFlagged: rows.flagged,
    rowsRejected: rows.rejected,
    detail,
  };
}
