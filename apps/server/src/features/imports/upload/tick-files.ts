/** Finds the tick files in an upload: the upload itself, or what lies in a zip, in zips inside it too. Nothing is held in memory whole. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import type { ZipFile } from 'yauzl';
import { TickFileError } from '../tick-file/columns.ts';
import type { ImportLimits } from './import-limits.ts';
import { createInflationBudget } from './inflation-budget.ts';
import type { InflationBudget } from './inflation-budget.ts';
import { zipEntryContent } from './zip-entry.ts';

export interface Upload {
  /** Where it lies. Archives inside it are unpacked beside it for a while. */
  readonly path: string;
  /** As its sender named it. */
  readonly fileName: string;
  readonly byteCount: number;
}

export interface TickFile {
  /** With the archives it lies in: "july.zip/AIG.csv". */
  readonly name: string;
  /** To be read to its end, or broken off, before the next file is asked for. */
  readonly chunks: AsyncIterable<Buffer>;
}

export interface TickFiles {
  readonly files: AsyncGenerator<TickFile>;
  /** Bytes of the upload read so far. */
  readonly position: () => number;
  /** Entries that are no tick files by their name, and were passed over. */
  readonly passedOver: readonly string[];
}

const CHUNK_BYTES = 131_072;
const READ_AS_TICKS = /\.(csv|txt)$/i;
/** What archivers of various systems add. */
const LITTER = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

interface Walk {
  readonly limits: ImportLimits;
  readonly budget: InflationBudget;
  readonly passedOver: string[];
  read: number;
}

export function openTickFiles(upload: Upload, limits: ImportLimits): TickFiles {
  const walk: Walk = { limits, budget: createInflationBudget(limits, upload.byteCount), passedOver: [], read: 0 };
  return { files: filesOf(upload, walk), position: () => walk.read, passedOver: walk.passedOver };
}

async function* filesOf(upload: Upload, walk: Walk): AsyncGenerator<TickFile> {
  if (!isZip(await firstBytes(upload.path))) {
    yield { name: upload.fileName, chunks: counted(createReadStream(upload.path, { highWaterMark: CHUNK_BYTES }), walk) };
    return;
  }
  let found = 0;
  for await (const file of filesInZip({ path: upload.path, name: upload.fileName, depth: 1 }, walk)) {
    found += 1;
    yield file;
  }
  if (found === 0) throw new TickFileError(`${upload.fileName} holds no CSV file.`);
}

interface Archive {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
}

async function* filesInZip(archive: Archive, walk: Walk): AsyncGenerator<TickFile> {
  if (archive.depth > walk.limits.archiveDepth)
    throw new TickFileError(`${archive.name} lies ${archive.depth} archives deep; at most ${walk.limits.archiveDepth} are opened.`);
  const zip = await readable(archive, () => openPromise(archive.path, { autoClose: false, lazyEntries: true }));
  try {
    const entries = zip.eachEntry();
    for (;;) {
      const next = await readable(archive, () => entries.next());
      if (next.done === true) return;
      walk.budget.entry();
      const entry = next.value;
      if (entry.fileName.endsWith('/') || LITTER.test(entry.fileName)) continue;
      const name = `${archive.name}/${entry.fileName}`;
      const onPacked = (bytes: number): void => {
        if (archive.depth === 1) walk.read += bytes;
      };
      yield* filesInEntry({ ...archive, name }, wrapped(name, zipEntryContent(zip, entry, { name, budget: walk.budget, onPacked })), walk);
    }
  } finally {
    closeQuietly(zip);
  }
}

async function* filesInEntry(entry: Archive, content: AsyncGenerator<Buffer>, walk: Walk): AsyncGenerator<TickFile> {
  try {
    const first = await content.next();
    const head = first.done === true ? Buffer.alloc(0) : first.value;
    if (isZip(head)) {
      const path = `${entry.path}.${entry.depth}`;
      try {
        await pipeline(Readable.from(withHead(head, content)), createWriteStream(path, { mode: 0o600 }));
        yield* filesInZip({ path, name: entry.name, depth: entry.depth + 1 }, walk);
      } finally {
        await rm(path, { force: true });
      }
    } else if (READ_AS_TICKS.test(entry.name)) yield { name: entry.name, chunks: withHead(head, content) };
    else walk.passedOver.push(entry.name);
  } finally {
    await content.return(undefined);
  }
}

async function* withHead(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

async function* counted(chunks: AsyncIterable<Buffer>, walk: Walk): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    walk.read += chunk.length;
    yield chunk;
  }
}

/** What zlib and yauzl find wrong is the file's fault and is told; anything else is ours. */
async function* wrapped(name: string, content: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* content;
  } catch (error) {
    throw asFileError(name, error);
  }
}

async function readable<Result>(archive: Archive, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asFileError(archive.name, error);
  }
}

function asFileError(name: string, error: unknown): unknown {
  if (error instanceof TickFileError || !(error instanceof Error)) return error;
  // A full disk or a lost file has a system call; a broken archive has none.
  return 'syscall' in error ? error : new TickFileError(`${name} is no readable zip archive: ${error.message}.`, { cause: error });
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4);
    const { bytesRead } = await file.read(head, 0, 4, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** By its content, not by its name: the mark of a local file header, or of the end of an empty archive. */
function isZip(head: Buffer): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

function closeQuietly(zip: ZipFile): void {
  if (zip.isOpen) zip.close();
}
