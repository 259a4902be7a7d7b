/** Taking a broker's file in, looking at it again, and recording it: all rows that are to be recorded, or none. */
import { createHash } from 'node:crypto';
import type { Statement } from '@holdfast/contract/statements';
import type { Bus } from '../../platform/bus/index.ts';
import { afterCommit, transact, within } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { Db } from '../../platform/db/pool.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { addFact, askWithin, channelOf, FACTS_ADDED } from '../imports/index.ts';
import type { ImportState } from '../imports/index.ts';
import { lockHead, ownPortfolio } from '../portfolios/index.ts';
import type { Portfolio, PortfolioCaller } from '../portfolios/index.ts';
import { recordTransactions } from '../transactions/index.ts';
import type { Recording, TransactionNeeds } from '../transactions/index.ts';
import { countsOf, describeDone, describeStatement } from './describe-statement.ts';
import type { ColumnMapping } from './formats/column-mapping.ts';
import type { StatementFormatId } from './formats/format.ts';
import { planStatementBesides } from './plan-statement.ts';
import type { PlannedRow, StatementPlan } from './plan-statement.ts';
import { openStatement } from './open-statement.ts';
import type { StatementThreads } from './open-statement.ts';
import { headerHashOf } from './read-statement.ts';
import type { OpenedStatement } from './read-statement.ts';
import { decodeStatement } from './statement-text.ts';
import {
  endStatement,
  findStatement,
  forgetPreviews,
  insertStatement,
  listMappings,
  listSaidSymbols,
  readRecorded,
  rememberMapping,
  rememberSymbols,
} from './statement-store.ts';
import type { KeptStatement } from './statement-store.ts';

export interface StatementNeeds extends TransactionNeeds {
  readonly bus: Bus;
  readonly threads: StatementThreads;
  readonly onError: (error: unknown) => void;
}

export interface StatementUpload {
  readonly portfolioId: string;
  readonly content: Buffer;
  readonly fileName: string;
  readonly format: StatementFormatId | null;
  readonly mapping: ColumnMapping | null;
  readonly symbols: Readonly<Record<string, string>>;
}

const KEPT_MS = 86_400_000;
const MOST_PREVIEWS = 20;

/** Keeps the file for a day and says what each row would become. */
export async function previewStatement(needs: StatementNeeds, caller: PortfolioCaller, upload: StatementUpload): Promise<Statement> {
  const opened = await openUpload(needs, caller, upload);
  return transact(needs.db, async (tx) => {
    const portfolio = await writablePortfolio(tx, caller, upload.portfolioId);
    const { id, plan } = await takeIn(needs, tx, { caller, portfolio, upload, opened });
    return describeStatement({ id, portfolioId: portfolio.id, fileName: upload.fileName, status: 'previewed' }, opened, plan);
  });
}

/** Records the file at once. Throws `invalid_value`, with nothing kept, where a row has a problem or an unknown instrument. */
export async function importStatement(needs: StatementNeeds, caller: PortfolioCaller, upload: StatementUpload): Promise<Statement> {
  const opened = await openUpload(needs, caller, upload);
  return transact(needs.db, async (tx) => {
    const portfolio = await writablePortfolio(tx, caller, upload.portfolioId);
    const { id, plan } = await takeIn(needs, tx, { caller, portfolio, upload, opened });
    const done = await record(needs, tx, { caller, portfolio, id, plan, leaveOut: false });
    await rememberSymbols(tx, { userId: caller.userId, symbols: upload.symbols, at: needs.clock.now() });
    return describeStatement({ id, portfolioId: portfolio.id, fileName: upload.fileName, status: 'done' }, opened, done);
  });
}

/** As it stands now. Throws `not_found`. */
export async function getStatement(needs: StatementNeeds, caller: PortfolioCaller, id: string): Promise<Statement> {
  const db = within(needs.db);
  const kept = await ownStatement(db, caller, { id });
  if (kept.status === 'done') return describeDone(kept);
  const portfolio = await ownPortfolio({ db }, caller, kept.portfolioId);
  const opened = await openAgain(needs, kept);
  return describeStatement(kept, opened, await planFor(needs, { db, portfolio, opened, symbols: kept.symbols }));
}

export interface Confirmation {
  readonly id: string;
  readonly symbols: Readonly<Record<string, string>>;
  /** Rows with problems and unknown instruments stay out. */
  readonly leaveOut: boolean;
}

/** Throws `conflict` when it is recorded already, and `invalid_value` where a row stands in the way. */
export async function confirmStatement(needs: StatementNeeds, caller: PortfolioCaller, asked: Confirmation): Promise<Statement> {
  const waiting = await ownStatement(within(needs.db), caller, { id: asked.id });
  refuseDone(waiting);
  // The file never changes, so it is read before anything is locked.
  const opened = await openAgain(needs, waiting);
  return transact(needs.db, async (tx) => {
    // The portfolio's lock comes first here as everywhere, so that two confirmations of two files wait for each other.
    const portfolio = await writablePortfolio(tx, caller, waiting.portfolioId);
    const kept = await ownStatement(tx, caller, { id: asked.id, forUpdate: true });
    refuseDone(kept);
    const symbols = { ...kept.symbols, ...asked.symbols };
    const plan = await planFor(needs, { db: tx, portfolio, opened, symbols });
    const done = await record(needs, tx, { caller, portfolio, id: kept.id, plan, leaveOut: asked.leaveOut });
    await rememberSymbols(tx, { userId: caller.userId, symbols, at: needs.clock.now() });
    return describeStatement({ ...kept, status: 'done' }, opened, done);
  });
}

async function ownStatement(
  db: Db | Tx,
  { userId }: PortfolioCaller,
  { id, forUpdate = false }: { readonly id: string; readonly forUpdate?: boolean },
): Promise<KeptStatement> {
  const kept = isId(id) ? await findStatement(db, { userId, id }, forUpdate) : null;
  if (kept === null) throw notFound('import of a statement');
  return kept;
}

function refuseDone({ status }: KeptStatement): void {
  if (status === 'done') throw new AppError('conflict', 'This file is recorded already. Nothing was changed.');
}

async function openUpload({ db, threads }: StatementNeeds, { userId }: PortfolioCaller, upload: StatementUpload): Promise<OpenedStatement> {
  const { content, format, mapping } = upload;
  return openStatement(threads, { content, format, mapping, remembered: mapping === null ? await listMappings(within(db), userId) : {} });
}

async function openAgain({ threads }: StatementNeeds, { content, format, mapping }: KeptStatement): Promise<OpenedStatement> {
  if (content === null) throw new Error('A statement that waits has no content.');
  return openStatement(threads, { content, format, mapping, remembered: {} });
}

/** Locked, so that what is planned is what is there when it is recorded. */
async function writablePortfolio(tx: Tx, caller: PortfolioCaller, id: string): Promise<Portfolio> {
  const { kind } = await ownPortfolio({ db: tx }, caller, id);
  if (kind === 'paper')
    throw new AppError('portfolio_kind', 'A paper portfolio takes no files: its transactions come from its orders and cash moves.');
  await lockHead(tx, id);
  const portfolio = await ownPortfolio({ db: tx }, caller, id);
  if (portfolio.archivedAt !== null) throw new AppError('portfolio_archived', 'The portfolio is archived. Bring it back first.');
  return portfolio;
}

interface Taking {
  readonly caller: PortfolioCaller;
  readonly portfolio: Portfolio;
  readonly upload: StatementUpload;
  readonly opened: OpenedStatement;
}

async function takeIn(needs: StatementNeeds, tx: Tx, { caller, portfolio, upload, opened }: Taking) {
  const now = needs.clock.now();
  const { userId } = caller;
  if (upload.mapping !== null && opened.mapping !== null)
    await rememberMapping(tx, { userId, headerHash: headerHashOf(opened.columns), mapping: opened.mapping, at: now });
  const plan = await planFor(needs, { db: tx, portfolio, opened, symbols: upload.symbols });
  const id = newId(now);
  const problems = problemsOf(plan, upload.content);
  await forgetPreviews(tx, { userId, before: now - KEPT_MS, kept: MOST_PREVIEWS - 1 });
  await insertStatement(tx, {
    ...upload,
    id,
    userId,
    portfolioId: portfolio.id,
    format: opened.format,
    mapping: opened.mapping,
    fileHash: createHash('sha256').update(upload.content).digest(),
    at: now,
    rowsRead: plan.rows.length,
    problems,
  });
  const rows = { read: plan.rows.length, stored: 0, flagged: 0, rejected: problems.length };
  await tell(needs, tx, { id, state: { status: 'previewed', progress: 1, rows, detail: null } });
  return { id, plan };
}

/** With how their rows begin. */
function problemsOf({ rows }: StatementPlan, content: Uint8Array) {
  const found = rows.filter(({ outcome }) => outcome === 'problem');
  const lines = found.length === 0 ? [] : decodeStatement(content).split(/\r\n|\n|\r/);
  return found.map(({ line, column, message }) => ({
    line,
    column,
    message: message ?? '',
    rowText: (lines[line - 1] ?? '').slice(0, 200),
  }));
}

interface Planning {
  readonly db: Db | Tx;
  readonly portfolio: Portfolio;
  readonly opened: OpenedStatement;
  readonly symbols: Readonly<Record<string, string>>;
}

async function planFor(needs: StatementNeeds, { db, portfolio, opened, symbols }: Planning): Promise<StatementPlan> {
  const { facts, holdings } = await readRecorded(db, { portfolioId: portfolio.id, epoch: portfolio.epoch });
  // What was said of this file counts before what was said of an earlier one.
  const said = { ...stillKnown(needs, portfolio.userId, await listSaidSymbols(db, portfolio.userId)), ...symbols };
  const finding = { book: needs.instruments, userId: portfolio.userId, symbols: said };
  return planStatementBesides(
    { ...finding, portfolio, format: opened.format, recorded: facts, holdings, now: needs.clock.now() },
    opened.statement,
  );
}

/** A word about an instrument that is no more says nothing. */
function stillKnown(
  { instruments }: StatementNeeds,
  userId: string,
  said: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const means = (symbol: string): boolean => {
    try {
      return instruments.resolve(symbol, userId) !== null;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  };
  return Object.fromEntries(Object.entries(said).filter(([, symbol]) => means(symbol)));
}

interface Recorded {
  readonly caller: PortfolioCaller;
  readonly portfolio: Portfolio;
  readonly id: string;
  readonly plan: StatementPlan;
  readonly leaveOut: boolean;
}

async function record(needs: StatementNeeds, tx: Tx, { caller, portfolio, id, plan, leaveOut }: Recorded): Promise<StatementPlan> {
  const inTheWay = plan.rows.filter(({ outcome }) => outcome === 'problem' || outcome === 'unresolved');
  if (inTheWay.length > 0 && !leaveOut) throw refusal(inTheWay);
  const taken = plan.inOrder.filter(({ outcome }) => outcome === 'record');
  const recordings = taken.flatMap((row) => row.recordings);
  const stored = recordings.length === 0 ? [] : await recordAll(needs, caller, { portfolioId: portfolio.id, importId: id, recordings });
  const became = new Map<PlannedRow, string>();
  let next = 0;
  for (const row of taken) {
    const own = stored.slice(next, next + row.recordings.length);
    next += row.recordings.length;
    became.set(row, own.find(({ type }) => type === row.row?.type)?.id ?? '');
  }
  const rows = plan.rows.map((row): PlannedRow => {
    const transactionId = became.get(row);
    return transactionId === undefined ? row : { ...row, outcome: 'recorded', transactionId };
  });
  const counts = countsOf(rows);
  await endStatement(tx, { id, stored: counts.recorded, rejected: inTheWay.length, at: needs.clock.now() });
  const tally = { read: rows.length, stored: counts.recorded, flagged: 0, rejected: inTheWay.length };
  await tell(needs, tx, { id, state: { status: 'done', progress: 1, rows: tally, detail: null } });
  return { rows, inOrder: plan.inOrder };
}

interface ToRecord {
  readonly portfolioId: string;
  readonly importId: string;
  readonly recordings: readonly Recording[];
}

/** What the plan could not foresee is refused as a whole, in the words of what refused it. */
async function recordAll(needs: StatementNeeds, caller: PortfolioCaller, asked: ToRecord) {
  try {
    return await recordTransactions(needs, caller, { ...asked, source: 'import' });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'insufficient_position') throw error;
    throw new AppError('invalid_value', `${error.message} Nothing was recorded.`, { errors: [{ path: 'file', message: error.message }] });
  }
}

const MOST_ERRORS = 100;

function refusal(rows: readonly PlannedRow[]): AppError {
  const count = rows.length === 1 ? 'One row stands' : `${rows.length} rows stand`;
  return new AppError(
    'invalid_value',
    `${count} in the way, and nothing was recorded. Mend the file, name the instruments in symbols, or confirm with leaveOut.`,
    {
      errors: rows.slice(0, MOST_ERRORS).map(({ line, column, message }) => ({
        path: column === null ? `line ${line}` : `line ${line}, ${column}`,
        message: message ?? '',
      })),
    },
  );
}

/** A fact is written with its effect, and told once it is committed. */
async function tell(
  { bus, clock, onError }: StatementNeeds,
  tx: Tx,
  { id, state }: { readonly id: string; readonly state: ImportState },
): Promise<void> {
  await addFact(askWithin(tx), { id, state, now: clock.now() });
  afterCommit(() => void bus.publish(FACTS_ADDED, { channel: channelOf(id) }).catch(onError));
}
