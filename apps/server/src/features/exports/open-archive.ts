/** An uploaded archive, looked at from end to end before anything of it is believed: names, sizes, and the hash of every file. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { Check, Errors } from 'typebox/value';
import type { Static, TSchema } from 'typebox';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { AppError } from '../../platform/http/index.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, MANIFEST } from './archive-format.ts';
import type { ArchivedFile } from './archive-format.ts';
import { ArchiveManifest } from './archive-shapes.ts';
import { wrongArchive } from './refusals.ts';

export interface Archive {
  has(path: string): boolean;
  /** A file of the archive as JSON of this shape. Throws `invalid_value`. */
  read<const Schema extends TSchema>(path: string, schema: Schema): Promise<Static<Schema>>;
  /** The bytes of a file of the archive. */
  open(path: string): AsyncIterable<Buffer>;
  close(): void;
}

const MEBIBYTE = 1_048_576;
/** Lists are read whole. */
const MOST_JSON_BYTES = 128 * MEBIBYTE;
const MOST_MANIFEST_BYTES = 32 * MEBIBYTE;
const MOST_BYTES = 4_096 * MEBIBYTE;
const MOST_ENTRIES = 65_100;
/** Times the archive's size; looked at from here on, since small lists pack very well. */
const MOST_RATIO = 200;
const UNSUSPECTED_BYTES = 64 * MEBIBYTE;
const STORED = 0;
const DEFLATED = 8;

/** Throws `invalid_value` for what is no whole archive of ours. */
export async function openArchive({ path, byteCount }: { readonly path: string; readonly byteCount: number }): Promise<Archive> {
  const zip = await openZip(path);
  try {
    const entries = await entriesOf(zip, byteCount);
    const files = await manifestOf(zip, entries);
    for (const file of files.values()) await checkFile(zip, entryOf(entries, file.path), file);
    return archiveOf(zip, { entries, files });
  } catch (error) {
    zip.close();
    throw error;
  }
}

function archiveOf(
  zip: ZipFile,
  { entries, files }: { readonly entries: ReadonlyMap<string, Entry>; readonly files: ReadonlyMap<string, ArchivedFile> },
): Archive {
  const open = (path: string): AsyncIterable<Buffer> => {
    if (!files.has(path)) throw wrongArchive(`The archive has no ${path}.`);
    return contentOf(zip, entryOf(entries, path));
  };
  return {
    has: (path) => files.has(path),
    open,
    read: async (path, schema) => {
      if ((files.get(path)?.byteCount ?? 0) > MOST_JSON_BYTES) throw wrongArchive(`${path} has more than ${MOST_JSON_BYTES} bytes.`);
      return shaped(path, schema, parsed(path, await whole(open(path))));
    },
    close: () => zip.close(),
  };
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true });
  } catch (error) {
    throw asRefusal(error);
  }
}

async function entriesOf(zip: ZipFile, byteCount: number): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) throw wrongArchive(`The archive has more than ${MOST_ENTRIES} files.`);
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (entries.has(entry.fileName)) throw wrongArchive(`The archive has ${entry.fileName} twice.`);
      if (entry.isEncrypted()) throw wrongArchive(`${entry.fileName} is encrypted.`);
      if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
        throw wrongArchive(`${entry.fileName} is packed by method ${entry.compressionMethod}; only stored and deflated files are read.`);
      if (total > Math.min(MOST_BYTES, Math.max(UNSUSPECTED_BYTES, MOST_RATIO * byteCount)))
        throw wrongArchive(`The archive of ${byteCount} bytes says that it unpacks to more than can be believed.`);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw asRefusal(error);
  }
  return entries;
}

async function manifestOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Promise<ReadonlyMap<string, ArchivedFile>> {
  const entry = entries.get(MANIFEST);
  if (entry === undefined) throw wrongArchive('The zip has no manifest.json: it is no export of an account.');
  if (entry.uncompressedSize > MOST_MANIFEST_BYTES) throw wrongArchive(`${MANIFEST} has more than ${MOST_MANIFEST_BYTES} bytes.`);
  const manifest = shaped(MANIFEST, ArchiveManifest, parsed(MANIFEST, await whole(contentOf(zip, entry))));
  if (manifest.format !== ARCHIVE_FORMAT) throw wrongArchive(`The manifest says ${manifest.format}, and ${ARCHIVE_FORMAT} is read here.`);
  if (manifest.version !== ARCHIVE_VERSION)
    throw wrongArchive(`The archive is of version ${manifest.version}, and this server reads version ${ARCHIVE_VERSION}.`);
  const files = new Map(manifest.files.map((file) => [file.path, file]));
  for (const name of entries.keys())
    if (name !== MANIFEST && !files.has(name)) throw wrongArchive(`${name} is in the archive and not in its manifest.`);
  return files;
}

function entryOf(entries: ReadonlyMap<string, Entry>, path: string): Entry {
  const entry = entries.get(path);
  if (entry === undefined) throw wrongArchive(`${path} is in the manifest and not in the archive.`);
  return entry;
}

async function checkFile(zip: ZipFile, entry: Entry, { path, sha256, byteCount }: ArchivedFile): Promise<void> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const bytes of contentOf(zip, entry)) {
    size += bytes.length;
    hash.update(bytes);
  }
  if (size !== byteCount || hash.digest('hex') !== sha256)
    throw wrongArchive(`${path} is damaged: it does not have the size and SHA-256 that the manifest says.`);
}

/** Never more than the entry says it has. */
async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const content: Readable = entry.compressionMethod === STORED ? packed : packed.pipe(createInflateRaw());
    if (content !== packed) packed.on('error', (error) => content.destroy(error));
    try {
      for await (const bytes of content as AsyncIterable<Buffer>) {
        size += bytes.length;
        if (size > entry.uncompressedSize) throw wrongArchive(`${entry.fileName} unpacks to more than the archive says.`);
        yield bytes;
      }
    } finally {
      packed.destroy();
    }
  } catch (error) {
    throw asRefusal(error);
  }
}

async function whole(content: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const bytes of content) pieces.push(bytes);
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrongArchive(`${path} is no readable JSON.`);
  }
}

function shaped<const Schema extends TSchema>(path: string, schema: Schema, value: unknown): Static<Schema> {
  if (Check(schema, value)) return value;
  const [first] = Errors(schema, value);
  throw wrongArchive(`${path}${first?.instancePath ?? ''} ${first?.message ?? 'is not as it should be'}.`);
}

/** What zlib and yauzl find wrong is the file's fault and is told; anything else is ours. */
function asRefusal(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || 'syscall' in error) return error;
  return wrongArchive(`The file is no readable zip archive: ${error.message}.`);
}
