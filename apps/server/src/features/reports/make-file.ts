/** Has a report written into a file of this machine, for as long as it takes to hand it on. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gatherReport } from './gather-report.ts';
import type { GatherReportNeeds } from './gather-report.ts';
import { fileNameOf } from './file-name.ts';
import type { MadeReport } from './make-report.ts';
import type { ReportAsked } from './report-asked.ts';
import type { ReportThreads } from './report-threads.ts';

export interface MakeFileNeeds extends GatherReportNeeds {
  readonly threads: Pick<ReportThreads, 'run'>;
  /** Where files lie while they are written and read. */
  readonly folder: string;
}

export interface MadeFile extends MadeReport {
  readonly name: string;
  readonly path: string;
  discard(): Promise<void>;
}

export interface Making {
  readonly userId: string;
  readonly asked: ReportAsked;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** [0] rows written, [1] rows in all, [2] set to 1 to break it off; shared with the thread. */
  readonly progress?: Int32Array;
}

export async function makeFile(needs: MakeFileNeeds, { userId, asked, timeoutMs, signal, progress }: Making): Promise<MadeFile> {
  const gathered = await gatherReport(needs, userId, asked);
  await mkdir(needs.folder, { recursive: true, mode: 0o700 });
  const path = join(needs.folder, `${randomUUID()}.${asked.format}`);
  const discard = (): Promise<void> => rm(path, { force: true });
  try {
    const made = await needs.threads.run(
      'report',
      { ...gathered, path, progress: progress ?? sharedProgress() },
      { timeoutMs, ...(signal === undefined ? {} : { signal }) },
    );
    return { ...made, name: fileNameOf(gathered.heading), path, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Reads a file that is gone afterwards, also where its reader hangs up. */
export function readOnce({ path, discard }: MadeFile): ReadStream {
  const stream = createReadStream(path);
  stream.once('close', () => void discard().catch(() => undefined));
  return stream;
}

export function sharedProgress(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}
