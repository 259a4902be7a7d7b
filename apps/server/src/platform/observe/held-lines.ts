import type { DestinationStream } from 'pino';

/** A stream whose buffer can be written out at once. */
export type FlushableStream = DestinationStream & { flushSync(): void };

/** Lines leave in blocks of about this many characters; one system call a line would cost a third of the throughput. */
const BLOCK = 16_384;
const HELD_FOR_MS = 250;

/**
 * Gathers lines and hands them on in blocks, after 250 ms at most. The stream behind could gather them itself, but measures its whole
 * buffer anew for each line that comes, which on a busy server takes as long as answering a small request's route.
 */
export function holdLines(output: FlushableStream): FlushableStream {
  let held = '';
  let timer: NodeJS.Timeout | null = null;
  const handOn = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const block = held;
    held = '';
    if (block !== '') output.write(block);
  };
  return {
    write(line) {
      held += line;
      if (held.length >= BLOCK) handOn();
      else timer ??= setTimeout(handOn, HELD_FOR_MS).unref();
    },
    flushSync() {
      handOn();
      output.flushSync();
    },
  };
}
