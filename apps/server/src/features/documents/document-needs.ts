import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { FileStorage } from '../../providers/file-storage/index.ts';
import type { VirusScanner } from '../../providers/virus-scanner/index.ts';
import type { KeyRing } from './key-ring.ts';

export interface DocumentLimits {
  readonly mostBytes: number;
  readonly quotaBytes: number;
  readonly mostDocuments: number;
}

export interface DocumentNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly storage: FileStorage;
  readonly keys: KeyRing;
  /** Null: files are not scanned. */
  readonly scanner: VirusScanner | null;
  readonly limits: DocumentLimits;
  /** Told of what could not be tidied up at once; the job does it later. */
  readonly onError: (error: unknown) => void;
}

export interface DocumentCaller {
  readonly userId: string;
  readonly requestId: string;
  readonly ip: string;
}
