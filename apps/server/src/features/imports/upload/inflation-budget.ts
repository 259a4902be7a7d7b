import { TickFileError } from '../tick-file/columns.ts';
import type { ImportLimits } from './import-limits.ts';

/** Counts what an upload unpacks to, and stops it before a small file fills the disk or takes for ever. */
export interface InflationBudget {
  entry(): void;
  inflated(bytes: number): void;
}

export function createInflationBudget(limits: ImportLimits, uploadBytes: number): InflationBudget {
  const allowed = Math.max(limits.unsuspectedBytes, limits.inflatedRatio * uploadBytes);
  let entries = 0;
  let total = 0;
  return {
    entry() {
      entries += 1;
      if (entries > limits.archiveEntries) throw new TickFileError(`The archive has more than ${limits.archiveEntries} entries.`);
    },
    inflated(bytes) {
      total += bytes;
      if (total > allowed)
        throw new TickFileError(`The archive unpacks to more than ${limits.inflatedRatio} times its size of ${uploadBytes} bytes.`);
      if (total > limits.inflatedBytes) throw new TickFileError(`The archive unpacks to more than ${limits.inflatedBytes} bytes.`);
    },
  };
}
