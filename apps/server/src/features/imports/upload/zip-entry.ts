/** The content of one entry of a zip, checked against what the archive says of it. */
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { TickFileError } from '../tick-file/columns.ts';
import type { InflationBudget } from './inflation-budget.ts';

const STORED = 0;
const DEFLATED = 8;
const CHUNK_BYTES = 131_072;

export interface ZipEntryParts {
  /** For messages. */
  readonly name: string;
  readonly budget: InflationBudget;
  /** Told of packed bytes as they are read. */
  readonly onPacked: (bytes: number) => void;
}

export async function* zipEntryContent(zip: ZipFile, entry: Entry, parts: ZipEntryParts): AsyncGenerator<Buffer> {
  const { name, budget } = parts;
  if (entry.isEncrypted()) throw new TickFileError(`${name} is encrypted.`);
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw new TickFileError(`${name} is packed by method ${entry.compressionMethod}; only stored and deflated entries are read.`);
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  packed.on('data', (bytes: Buffer) => parts.onPacked(bytes.length));
  const content = entry.compressionMethod === STORED ? packed : packed.pipe(createInflateRaw({ chunkSize: CHUNK_BYTES }));
  if (content !== packed) packed.on('error', (error) => content.destroy(error));
  let size = 0;
  let sum = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length;
      sum = crc32(chunk, sum);
      budget.inflated(chunk.length);
      yield chunk;
    }
  } finally {
    packed.destroy();
  }
  if (size !== entry.uncompressedSize || sum >>> 0 !== entry.crc32 >>> 0)
    throw new TickFileError(`${name} is damaged: it does not have the size and checksum that the archive says.`);
}
