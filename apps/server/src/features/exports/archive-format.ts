/** What an archive calls itself and its files. */
export const ARCHIVE_FORMAT = 'holdfast-export';
export const ARCHIVE_VERSION = 1;
export const MANIFEST = 'manifest.json';

/** What is said of each file in the manifest. */
export interface ArchivedFile {
  readonly path: string;
  readonly byteCount: number;
  readonly sha256: string;
}

export function transactionsPath(portfolioId: string): string {
  return `portfolios/${portfolioId}/transactions.json`;
}
