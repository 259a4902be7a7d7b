/** A file on its way in: looked at, hashed, scanned and encrypted as it passes, never whole in memory. */
import { createHash, randomBytes } from 'node:crypto';
import type { DocumentMediaType } from '@holdfast/contract/documents';
import { AppError } from '../../platform/http/index.ts';
import { ScannerUnavailable } from '../../providers/virus-scanner/index.ts';
import type { FileScan } from '../../providers/virus-scanner/index.ts';
import type { DocumentNeeds } from './document-needs.ts';
import { encryptFile } from './file-cipher.ts';
import { insertArriving, measureUsage, releaseArriving } from './file-store.ts';
import type { ArrivedFile } from './file-store.ts';
import { detectMediaType, HEAD_BYTES, plainFileName } from './media-type.ts';
import { noRoom, tooLarge } from './refusals.ts';
import { removeBytes } from './remove-bytes.ts';

/** Takes a file into the storage for a user. It belongs to nothing yet: keep it, or let go of it by `discardFile`. */
export async function receiveFile(
  needs: DocumentNeeds,
  userId: string,
  sent: { readonly content: AsyncIterable<Buffer>; readonly fileName: string },
): Promise<ArrivedFile> {
  const { db, clock, keys, storage, limits } = needs;
  const { byteCount: used } = await measureUsage(db, userId);
  const room = limits.quotaBytes - used;
  const { head, all } = await peek(sent.content);
  const mediaType = await checkedType(head, sent.fileName);
  const name = randomBytes(16).toString('hex');
  const { key, ...kept } = keys.make(name);
  await insertArriving(db, { name, userId, ...kept, at: clock.now() });
  const scan = await beginScan(needs, name);
  const passing = measure(all, (count) => {
    if (count > limits.mostBytes) throw tooLarge(limits);
    if (count > room) throw noRoom(limits, used);
  });
  try {
    await storage.write(name, encryptFile(scanned(passing.bytes, scan), key));
    const found = (await scan?.finish()) ?? null;
    if (found !== null) throw new AppError('document_infected', `The scanner found ${found.slice(0, 100)} in the file. It was not kept.`);
  } catch (error) {
    scan?.abort();
    await discardFile(needs, name);
    throw error instanceof ScannerUnavailable ? noScanner(needs, error) : error;
  }
  return { name, fileName: plainFileName(sent.fileName, mediaType), mediaType, ...passing.result() };
}

/** Removes what has arrived; where that fails, the job does it later. */
export async function discardFile(needs: DocumentNeeds, name: string): Promise<void> {
  try {
    await releaseArriving(needs.db, name, needs.clock.now());
    await removeBytes(needs, [name]);
  } catch (error) {
    needs.onError(error);
  }
}

async function checkedType(head: Buffer, fileName: string): Promise<DocumentMediaType> {
  if (head.length === 0) throw new AppError('invalid_value', 'The file is empty.', { errors: [{ path: 'file', message: 'is empty' }] });
  const type = await detectMediaType(head, fileName);
  if (type !== null) return type;
  throw new AppError(
    'unsupported_media_type',
    'By its content the file is none of those that are kept: PDF, pictures, text, CSV, DOCX, XLSX, ODT and ODS without macros. Save it as one of these, for example by printing it to PDF.',
  );
}

async function beginScan(needs: DocumentNeeds, name: string): Promise<FileScan | null> {
  if (needs.scanner === null) return null;
  try {
    return await needs.scanner.begin();
  } catch (error) {
    await discardFile(needs, name);
    throw error instanceof ScannerUnavailable ? noScanner(needs, error) : error;
  }
}

function noScanner({ onError }: DocumentNeeds, error: ScannerUnavailable): AppError {
  onError(error);
  return new AppError('unavailable', 'The virus scanner does not answer, so no document is taken. Try again in a moment.', {
    retryAfterSeconds: 30,
  });
}

/** The beginning of a file, and the file with its beginning. */
async function peek(content: AsyncIterable<Buffer>): Promise<{ readonly head: Buffer; readonly all: AsyncIterable<Buffer> }> {
  const source = content[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await source.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const begun = Buffer.concat(first);
  async function* all(): AsyncIterable<Buffer> {
    yield begun;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  }
  return { head: begun.subarray(0, HEAD_BYTES), all: all() };
}

function measure(content: AsyncIterable<Buffer>, check: (byteCount: number) => void) {
  const hash = createHash('sha256');
  let byteCount = 0;
  async function* bytes(): AsyncIterable<Buffer> {
    for await (const piece of content) {
      byteCount += piece.length;
      check(byteCount);
      hash.update(piece);
      yield piece;
    }
  }
  return { bytes: bytes(), result: () => ({ byteCount, sha256: hash.digest() }) };
}

async function* scanned(content: AsyncIterable<Buffer>, scan: FileScan | null): AsyncIterable<Buffer> {
  for await (const piece of content) {
    await scan?.add(piece);
    yield piece;
  }
}
