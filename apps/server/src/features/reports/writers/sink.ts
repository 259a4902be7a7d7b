/** Where a writer puts its bytes. It waits for each write, so no more lies in memory than the writer has in hand. */
import { open } from 'node:fs/promises';

export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
}

export interface FileSink extends Sink {
  readonly byteCount: number;
  close(): Promise<void>;
}

/** Collected before they go to disk: a row alone is no reason for a call of the system. */
const BLOCK = 65_536;

export async function openFileSink(path: string): Promise<FileSink> {
  const file = await open(path, 'wx', 0o600);
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let byteCount = 0;
  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    const block = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    await file.writeFile(block);
  };
  return {
    get byteCount() {
      return byteCount;
    },
    async write(bytes) {
      byteCount += bytes.byteLength;
      waiting.push(bytes);
      waitingBytes += bytes.byteLength;
      if (waitingBytes >= BLOCK) await flush();
    },
    async close() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
  };
}
