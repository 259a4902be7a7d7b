/** Documents over the storage, keys and scanner of the settings, wired for app.ts. */
import { join } from 'node:path';
import type { Platform } from './app.ts';
import { createKeyRing, openDocuments } from './features/documents/index.ts';
import type { Documents } from './features/documents/index.ts';
import { openDiskStorage, openS3Storage } from './providers/file-storage/index.ts';
import { createClamdScanner } from './providers/virus-scanner/index.ts';

/** clamd reads the whole file before it says a word. */
const SCANNER_TIMEOUT_MS = 120_000;

export function openDocumentStorage({ config, clock, db, logger }: Platform): Documents {
  const { s3, scanner, secrets, mostBytes, quotaBytes, mostDocuments } = config.documents;
  return openDocuments({
    db,
    clock,
    logger,
    storage: s3 === null ? openDiskStorage(join(config.dataDirectory, 'documents')) : openS3Storage(s3),
    keys: createKeyRing(secrets.map((secret) => secret ?? config.secretKey)),
    scanner: scanner === null ? null : createClamdScanner({ address: scanner, timeoutMs: SCANNER_TIMEOUT_MS }),
    limits: { mostBytes, quotaBytes, mostDocuments },
    onError: (error) => logger.error({ err: error }, 'the bytes of a document could not be tidied up'),
  });
}
