import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface ReceivedUpload {
  readonly path: string;
  readonly byteCount: number;
  /** SHA-256. */
  readonly fileHash: Buffer;
}

/** Writes an upload to disk as it comes and hashes it on the way. What breaks off leaves no file. */
export async function receiveUpload(content: Readable, path: string): Promise<ReceivedUpload> {
  const hash = createHash('sha256');
  let byteCount = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteCount += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, counting, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, byteCount, fileHash: hash.digest() };
}

export async function discardUpload({ path }: ReceivedUpload): Promise<void> {
  await rm(path, { force: true });
}
