/** One import from the uploaded file to the end: done with everything in the database, or failed with nothing. */
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { postgresCode, transact } from '../../platform/db/transact.ts';
import { writeImportAudit } from './import-audit-store.ts';
import { FACTS_ADDED, IMPORT_DONE } from './import-events.ts';
import type { ImportDone } from './import-events.ts';
import { channelOf } from './import-record.ts';
import type { ImportRecord, ImportState } from './import-record.ts';
import { addFact, askWithin, endImport, findImport, markRunning, showProgress } from './import-store.ts';
import { ListingTaken } from './finish-load-store.ts';
import type { DatabaseAddress } from './load-client-store.ts';
import { loadTicks, startProgress } from './load-ticks.ts';
import type { LoadOutcome, LoadProgress } from './load-ticks.ts';
import { openTickLoad } from './tick-load-store.ts';
import { TickFileError } from './tick-file/columns.ts';
import type { ImportLimits } from './upload/import-limits.ts';

export interface ImportWork {
  readonly db: Db;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Past a connection pooler: a load holds its session. */
  readonly address: DatabaseAddress;
  readonly limits: ImportLimits;
  /** Brings this server up to date with what was committed, before the import is said to be done. Other servers hear it on the bus. */
  readonly onDone: (done: ImportDone) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface ImportRun {
  readonly record: ImportRecord;
  /** Where the upload lies. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** For a progress bar in this process. */
  readonly onState?: (state: ImportState) => void;
}

const TELL_EVERY_MS = 1_000;
const KEYS_AN_EVENT = 500;
const MOST_TRIES = 3;

/** Answers how it ended, or null when another has taken it. Never throws for what is wrong with the file. */
export async function runImport(work: ImportWork, run: ImportRun): Promise<ImportState | null> {
  if (!(await markRunning(work.db, run.record.id, work.clock.now()))) return null;
  for (let tried = 1; ; tried += 1) {
    const progress = startProgress();
    try {
      return await attempt(work, run, progress);
    } catch (error) {
      if (error instanceof ListingTaken && tried < MOST_TRIES) continue;
      return fail(work, run, { progress, error });
    }
  }
}

async function attempt(work: ImportWork, run: ImportRun, progress: LoadProgress): Promise<ImportState> {
  const { record } = run;
  const load = await openTickLoad(work.address, run.signal);
  try {
    const outcome = await loadTicks(
      load,
      {
        importKey: record.key,
        upload: { path: run.path, fileName: record.fileName, byteCount: record.byteCount },
        zone: record.zone,
        limits: work.limits,
        now: () => work.clock.now(),
        signal: run.signal,
        onProgress: teller(work, run),
      },
      progress,
    );
    const state: ImportState = { status: 'done', progress: 1, rows: outcome.rows, detail: outcome.note };
    const ask = (text: string, values: readonly unknown[]) => load.client.query(text, values);
    await endImport(ask, { id: record.id, state, faults: outcome.faults, now: work.clock.now() });
    await writeImportAudit(ask, { record, outcome, now: work.clock.now() });
    await announce(load.client, record.id, outcome);
    await load.commit();
    // Committed is committed: what goes wrong from here on is mended by the next look at the database.
    await work.onDone({ id: record.id, instrumentKeys: outcome.instrumentKeys }).catch(work.onError);
    await tellStream(work, record.id);
    run.onState?.(state);
    return state;
  } catch (error) {
    await load.abandon();
    throw error;
  }
}

/** Heard when the transaction commits. */
async function announce(
  client: { notify(topic: string, payload: unknown): Promise<void> },
  id: string,
  outcome: LoadOutcome,
): Promise<void> {
  const keys = outcome.instrumentKeys;
  for (let from = 0; from < keys.length || from === 0; from += KEYS_AN_EVENT)
    await client.notify(IMPORT_DONE, { id, instrumentKeys: keys.slice(from, from + KEYS_AN_EVENT) } satisfies ImportDone);
}

/** Tells of the progress once a second, outside the load's transaction. Rows count as stored when they are accepted; they are seen when it is done. */
function teller(work: ImportWork, run: ImportRun) {
  let toldAt = Number.NEGATIVE_INFINITY;
  return async (progress: number, rows: ImportState['rows']): Promise<void> => {
    const now = work.clock.now();
    if (Math.abs(now - toldAt) < TELL_EVERY_MS) return;
    toldAt = now;
    const state: ImportState = { status: 'running', progress, rows: { ...rows }, detail: null };
    run.onState?.(state);
    await transact(work.db, async (tx) => {
      await showProgress(tx, run.record.id, rows);
      await addFact(askWithin(tx), { id: run.record.id, state, now });
    });
    await tellStream(work, run.record.id);
  };
}

async function fail(
  work: ImportWork,
  run: ImportRun,
  { progress, error }: { readonly progress: LoadProgress; readonly error: unknown },
): Promise<ImportState> {
  const { rows, faults } = progress;
  const state: ImportState = { status: 'failed', progress: 1, rows: { ...rows, stored: 0 }, detail: reasonOf(run, error) };
  if (!(error instanceof TickFileError) && !run.signal.aborted) work.onError(error);
  const failed = await failImport(work, run.record.id, { state, faults });
  const ended = failed ? state : await storedState(work, run.record);
  run.onState?.(ended);
  return ended;
}

/** The answer to the commit was lost, and the commit was not. */
async function storedState({ db }: ImportWork, record: ImportRecord): Promise<ImportState> {
  const { status, rows, detail } = (await findImport(db, record.id)) ?? record;
  return { status, progress: 1, rows, detail };
}

/** Writes that an import failed and stored nothing; false when it was done after all. */
export async function failImport(
  work: Pick<ImportWork, 'db' | 'bus' | 'clock' | 'onError'>,
  id: string,
  { state, faults }: { readonly state: ImportState; readonly faults: LoadProgress['faults'] },
): Promise<boolean> {
  const failed = await transact(work.db, (tx) => endImport(askWithin(tx), { id, state, faults, now: work.clock.now() }));
  if (failed) await tellStream(work, id);
  return failed;
}

function reasonOf({ signal }: ImportRun, error: unknown): string {
  if (error instanceof TickFileError) return error.message;
  if (signal.aborted) return STOPPED;
  const code = postgresCode(error);
  if (code === '53100') return 'The disk of the database is full. Nothing of the file is stored.';
  return 'Something went wrong here while the file was stored. Nothing of it is kept; send it again.';
}

export const STOPPED = 'The server was stopped while the file was read. Nothing of it is stored; send it again.';

/** The stream looks again by itself after a gap of the bus, so a lost event is no fault of the import. */
async function tellStream({ bus, onError }: Pick<ImportWork, 'bus' | 'onError'>, id: string): Promise<void> {
  await bus.publish(FACTS_ADDED, { channel: channelOf(id) }).catch(onError);
}
