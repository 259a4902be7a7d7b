/** Writes an archive to a file, part after part, with a manifest of what is in it at its end. Nothing is held in memory whole. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { AppError } from '../../platform/http/index.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, MANIFEST } from './archive-format.ts';
import type { ArchivedFile } from './archive-format.ts';

export interface ExportedFile {
  readonly path: string;
  readonly content: AsyncIterable<string | Uint8Array>;
  /** Documents are packed already. */
  readonly isPacked?: boolean;
}

export interface ArchiveParts {
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Filled while the files are written. */
  readonly counts: ReadonlyMap<string, number>;
  /** Called after each file. What it throws breaks the writing off. */
  readonly onPart: () => Promise<void>;
}

/** The zip format without its 64-bit extension ends here. */
const MOST_BYTES = 4_000_000_000;
const MOST_FILES = 65_000;
/** Packing harder costs more time than it saves bytes. */
const LEVEL = 4;
/** The zip format knows no earlier time. */
const EARLIEST_MS = Date.UTC(1981, 0, 1);

/** Answers the bytes written. Throws `too_large` beyond what a zip takes. */
export async function writeArchive(files: AsyncIterable<ExportedFile>, { path, at, counts, onPart }: ArchiveParts): Promise<number> {
  const target = await open(path, 'w', 0o600);
  try {
    const pack = openPack((bytes) => target.writeFile(bytes), at);
    const listed: ArchivedFile[] = [];
    for await (const file of files) {
      listed.push(await pack.add(file));
      if (listed.length > MOST_FILES || pack.byteCount() > MOST_BYTES)
        throw new AppError('too_large', 'Your documents are more than one zip can hold, 4 GB. Download and remove some, then ask again.');
      await onPart();
    }
    const manifest = {
      format: ARCHIVE_FORMAT,
      version: ARCHIVE_VERSION,
      madeAt: new Date(at).toISOString(),
      counts: Object.fromEntries(counts),
      files: listed,
    };
    await pack.add({ path: MANIFEST, content: once(JSON.stringify(manifest, null, 1)) });
    await pack.end();
    return pack.byteCount();
  } finally {
    await target.close();
  }
}

function openPack(write: (bytes: Uint8Array) => Promise<void>, at: number) {
  let ready: Uint8Array[] = [];
  let byteCount = 0;
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    ready.push(bytes);
  });
  const drain = async (): Promise<void> => {
    const packed = ready;
    ready = [];
    for (const bytes of packed) {
      byteCount += bytes.byteLength;
      await write(bytes);
    }
  };
  return {
    byteCount: () => byteCount,
    async add({ path, content, isPacked = false }: ExportedFile): Promise<ArchivedFile> {
      const part = isPacked ? new ZipPassThrough(path) : new ZipDeflate(path, { level: LEVEL });
      part.mtime = Math.max(at, EARLIEST_MS);
      zip.add(part);
      const hash = createHash('sha256');
      let size = 0;
      for await (const piece of content) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
        hash.update(bytes);
        size += bytes.byteLength;
        // The zip may keep what it is given, and the giver may use its bytes again.
        part.push(Uint8Array.from(bytes));
        await drain();
      }
      part.push(new Uint8Array(0), true);
      await drain();
      return { path, byteCount: size, sha256: hash.digest('hex') };
    },
    async end() {
      zip.end();
      await drain();
    },
  };
}

async function* once(text: string): AsyncIterable<string> {
  yield text;
}
