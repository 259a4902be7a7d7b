/** What one import may be. Beyond it nothing is stored and the import says which limit it met. */
export interface ImportLimits {
  readonly uploadBytes: number;
  /** What the upload may unpack to, over all its archives. */
  readonly inflatedBytes: number;
  /** Times the upload's size; looked at from `unsuspectedBytes` on, since small files of repeated rows pack very well. */
  readonly inflatedRatio: number;
  readonly unsuspectedBytes: number;
  /** A zip in a zip in a zip is 3. */
  readonly archiveDepth: number;
  /** Entries over all archives. */
  readonly archiveEntries: number;
  readonly rows: number;
  /** Each UTC day is a partition. */
  readonly days: number;
}

const MEBIBYTE = 1_048_576;

export const IMPORT_LIMITS: ImportLimits = Object.freeze({
  uploadBytes: 2_048 * MEBIBYTE,
  inflatedBytes: 65_536 * MEBIBYTE,
  inflatedRatio: 200,
  unsuspectedBytes: 64 * MEBIBYTE,
  archiveDepth: 3,
  archiveEntries: 20_000,
  rows: 500_000_000,
  days: 1_000,
});
