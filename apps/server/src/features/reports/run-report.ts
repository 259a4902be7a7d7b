/** The job that makes a report: done with its file in the database, or failed with none. What was broken off is made anew. */
import type { ReportEvent } from '@holdfast/contract/reports';
import type { Bus } from '../../platform/bus/index.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import type { Job, JobRun } from '../../platform/jobs/index.ts';
import { UNWANTED } from './document/report-input.ts';
import { makeFile, sharedProgress } from './make-file.ts';
import type { MadeFile, MakeFileNeeds } from './make-file.ts';
import { addFact, channelOf, endReport, findReport, markRunning, reportFiles, showProgress } from './report-store.ts';
import type { ReportRecord } from './report-store.ts';

export interface RunReportNeeds extends MakeFileNeeds {
  readonly bus: Bus;
  /** The topic that tells the stream of new facts. */
  readonly factsAdded: string;
  readonly onError: (error: unknown) => void;
}

const TIMEOUT_MS = 600_000;
const TELL_EVERY_MS = 1_000;

export const REPORT_JOB = { name: 'make-report', maxAttempts: 4, oneAtATime: true } as const;

export function reportJob(needs: RunReportNeeds): Job {
  return {
    ...REPORT_JOB,
    timeoutMs: TIMEOUT_MS,
    run: async (run) => {
      const id = String(run.payload);
      if (isId(id)) await runReport(needs, id, run);
    },
  };
}

async function runReport(needs: RunReportNeeds, id: string, { signal, isLastAttempt }: JobRun): Promise<void> {
  const record = await findReport(needs.db, { id });
  if (record === null || !(await begin(needs, record))) return;
  const progress = sharedProgress();
  const stopTelling = tellProgress(needs, record, progress);
  try {
    const { userId } = record;
    const file = await makeFile(needs, { userId, asked: record, timeoutMs: TIMEOUT_MS, signal, progress });
    await stopTelling();
    try {
      signal.throwIfAborted();
      await keep(needs, record, file);
    } finally {
      await file.discard();
    }
  } catch (error) {
    await stopTelling();
    if (error instanceof Error && error.message === UNWANTED) return;
    // A server that stops leaves the report to the next one.
    if (signal.aborted || (!isLastAttempt && !(error instanceof AppError))) throw error;
    await fail(needs, record, error);
  }
}

async function begin(needs: RunReportNeeds, { id }: ReportRecord): Promise<boolean> {
  const at = needs.clock.now();
  const begun = await transact(needs.db, async (tx) => {
    if (!(await markRunning(tx, id))) return false;
    await addFact(tx, id, { event: { status: 'running', progress: 0, detail: null }, at });
    return true;
  });
  if (begun) await tellStream(needs, id);
  return begun;
}

/** The row, its bytes and the fact that it is done, all at once. */
async function keep(needs: RunReportNeeds, { id }: ReportRecord, file: MadeFile): Promise<void> {
  const at = needs.clock.now();
  const kept = await transact(needs.db, async (tx) => {
    if (!(await endReport(tx, { id, at, file, detail: null }))) return false;
    await reportFiles.keep(tx, id, file.path);
    await addFact(tx, id, { event: { status: 'done', progress: 1, detail: null }, at });
    return true;
  });
  if (kept) await tellStream(needs, id);
}

async function fail(needs: RunReportNeeds, { id }: ReportRecord, error: unknown): Promise<void> {
  const detail = error instanceof AppError ? error.message : 'Something went wrong here while the report was made. Ask for it again.';
  if (!(error instanceof AppError)) needs.onError(error);
  const at = needs.clock.now();
  const failed = await transact(needs.db, async (tx) => {
    if (!(await endReport(tx, { id, at, file: null, detail }))) return false;
    await addFact(tx, id, { event: { status: 'failed', progress: 1, detail }, at });
    return true;
  });
  if (failed) await tellStream(needs, id);
}

/** Looks once a second how far the thread is, and tells it where that has changed. Answers how to stop. */
function tellProgress(needs: RunReportNeeds, { id }: ReportRecord, progress: Int32Array): () => Promise<void> {
  let told = 0;
  let last: Promise<void> = Promise.resolve();
  const tell = async (): Promise<void> => {
    const [written, all] = [Atomics.load(progress, 0), Atomics.load(progress, 1)];
    const event: ReportEvent = { status: 'running', progress: all === 0 ? 0 : Math.min(0.999, written / all), detail: null };
    const isWanted = await transact(needs.db, async (tx) => {
      if (!(await showProgress(tx, id, { written, all }))) return false;
      if (written > told) await addFact(tx, id, { event, at: needs.clock.now() });
      return true;
    });
    if (!isWanted) Atomics.store(progress, 2, 1);
    else if (written > told) await tellStream(needs, id);
    told = written;
  };
  const timer = setInterval(() => {
    last = last.then(tell).catch(needs.onError);
  }, TELL_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await last;
  };
}

/** The stream looks again by itself after a gap of the bus, so a lost event is no fault of the report. */
async function tellStream({ bus, factsAdded, onError }: RunReportNeeds, id: string): Promise<void> {
  await bus.publish(factsAdded, { channel: channelOf(id) }).catch(onError);
}
