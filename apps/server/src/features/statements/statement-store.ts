/** Statements that wait for their owner's word, remembered mappings, and what is recorded in a portfolio already. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { RecordedFact } from './find-duplicates.ts';
import type { ColumnMapping } from './formats/column-mapping.ts';
import type { StatementFormatId } from './formats/format.ts';
import type { RecordedHolding } from './hold-rows.ts';
import type { RowProblem } from './statement-row.ts';

export interface KeptStatement {
  readonly id: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly fileName: string;
  readonly status: 'previewed' | 'done';
  readonly format: StatementFormatId;
  readonly mapping: ColumnMapping | null;
  readonly symbols: Readonly<Record<string, string>>;
  /** Null once it is recorded. */
  readonly content: Buffer | null;
  readonly rows: { readonly read: number; readonly stored: number; readonly rejected: number };
}

export interface NewStatement extends Pick<KeptStatement, 'id' | 'userId' | 'portfolioId' | 'fileName' | 'format' | 'mapping' | 'symbols'> {
  readonly content: Buffer;
  readonly fileHash: Buffer;
  readonly at: number;
  readonly rowsRead: number;
  readonly problems: readonly (RowProblem & { readonly rowText: string })[];
}

/** Rows with problems that are kept with the import. */
const MOST_PROBLEMS = 1_000;

export async function insertStatement(tx: Tx, made: NewStatement): Promise<void> {
  const { id, problems } = made;
  await tx
    .insertInto('imports')
    .values({
      id,
      kind: 'statement',
      user_id: made.userId,
      file_name: made.fileName,
      file_hash: made.fileHash,
      byte_count: made.content.length,
      status: 'previewed',
      rows_read: made.rowsRead,
      rows_rejected: problems.length,
      created_at: new Date(made.at),
    })
    .execute();
  await tx
    .insertInto('statements')
    .values({
      import_id: id,
      portfolio_id: made.portfolioId,
      format: made.format,
      mapping: made.mapping === null ? null : JSON.stringify(made.mapping),
      symbols: JSON.stringify(made.symbols),
      content: made.content,
    })
    .execute();
  const rows = problems.slice(0, MOST_PROBLEMS).map(({ line, column, message, rowText }, index) => ({
    import_id: id,
    number: index + 1,
    file_name: made.fileName,
    line,
    column_name: column,
    message,
    row_text: rowText,
  }));
  for (let from = 0; from < rows.length; from += 500)
    await tx
      .insertInto('import_errors')
      .values(rows.slice(from, from + 500))
      .execute();
}

/** Forgets what nobody confirmed: older ones than `before`, and of the newer ones all but the newest `kept`. */
export async function forgetPreviews(
  tx: Tx,
  of: { readonly userId: string; readonly before: number; readonly kept: number },
): Promise<void> {
  const previews = await tx
    .selectFrom('imports')
    .select(['id', 'created_at'])
    .where('user_id', '=', of.userId)
    .where('kind', '=', 'statement')
    .where('status', '=', 'previewed')
    .orderBy('id', 'desc')
    .execute();
  const gone = previews.filter(({ created_at: at }, index) => index >= of.kept || at.getTime() < of.before).map(({ id }) => id);
  if (gone.length > 0) await tx.deleteFrom('imports').where('id', 'in', gone).execute();
}

/** With their rejected rows, which say what their owner has. Whoever is erased takes them along. */
export async function eraseStatements(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('imports').where('user_id', '=', userId).where('kind', '=', 'statement').execute();
}

/** One of the user's own; null when there is none. `forUpdate` makes others wait until this transaction ends. */
export async function findStatement(
  db: Db | Tx,
  asked: { readonly userId: string; readonly id: string },
  forUpdate = false,
): Promise<KeptStatement | null> {
  let query = db
    .selectFrom('imports')
    .innerJoin('statements', 'statements.import_id', 'imports.id')
    .select(['imports.id', 'imports.file_name', 'imports.status', 'imports.rows_read', 'imports.rows_stored', 'imports.rows_rejected'])
    .select(['statements.portfolio_id', 'statements.format', 'statements.mapping', 'statements.symbols', 'statements.content'])
    .where('imports.id', '=', asked.id)
    .where('imports.user_id', '=', asked.userId);
  if (forUpdate) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    userId: asked.userId,
    portfolioId: row.portfolio_id,
    fileName: row.file_name,
    status: row.status === 'done' ? 'done' : 'previewed',
    format: row.format as StatementFormatId,
    mapping: row.mapping as ColumnMapping | null,
    symbols: row.symbols as Readonly<Record<string, string>>,
    content: row.content,
    rows: { read: row.rows_read, stored: row.rows_stored, rejected: row.rows_rejected },
  };
}

export async function endStatement(
  tx: Tx,
  ended: { readonly id: string; readonly stored: number; readonly rejected: number; readonly at: number },
): Promise<void> {
  const at = new Date(ended.at);
  await tx
    .updateTable('imports')
    .set({ status: 'done', rows_stored: ended.stored, rows_rejected: ended.rejected, started_at: at, finished_at: at })
    .where('id', '=', ended.id)
    .execute();
  await tx.updateTable('statements').set({ content: null }).where('import_id', '=', ended.id).execute();
}

export interface RecordedPortfolio {
  readonly facts: readonly RecordedFact[];
  readonly holdings: readonly RecordedHolding[];
}

/** What is recorded, oldest first: for duplicates as it came from its file, for holdings as it stands now. */
export async function readRecorded(db: Db | Tx, of: { readonly portfolioId: string; readonly epoch: number }): Promise<RecordedPortfolio> {
  const facts: RecordedFact[] = [];
  const holdings: RecordedHolding[] = [];
  // A page at a time: a long portfolio in one piece would hold up the database and everybody here.
  for (let after: RecordedPlace | null = null; ;) {
    const rows = await recordedPage(db, of, after);
    facts.push(...rows.map(recordedFactOf));
    holdings.push(...rows.flatMap(recordedHoldingOf));
    const last = rows.at(-1);
    if (last === undefined || rows.length < RECORDED_PAGE) return { facts, holdings };
    after = { at: last.traded_at, id: last.id };
  }
}

interface RecordedPlace {
  readonly at: Date;
  readonly id: string;
}

const RECORDED_PAGE = 2_000;

type RecordedRow = Awaited<ReturnType<typeof recordedPage>>[number];

/** The newest versions, oldest first, each beside what a file said at first. */
function recordedPage(db: Db | Tx, of: { readonly portfolioId: string; readonly epoch: number }, after: RecordedPlace | null) {
  let query = db
    .selectFrom('transactions as t')
    .leftJoin('transactions as first', (join) =>
      join
        .onRef('first.portfolio_id', '=', 't.portfolio_id')
        .onRef('first.id', '=', 't.id')
        .on('first.version', '=', 1)
        .on('t.version', '>', 1)
        .on('t.import_id', 'is not', null),
    )
    .select(['t.id', 't.type', 't.instrument_key', 't.quantity', 't.amount', 't.currency', 't.traded_at', 't.external_id'])
    .select(['t.new_instrument_key', 't.new_shares', 't.old_shares'])
    .select([
      'first.id as first_id',
      'first.instrument_key as first_key',
      'first.quantity as first_quantity',
      'first.amount as first_amount',
    ])
    .select(['first.currency as first_currency', 'first.traded_at as first_traded_at'])
    .where('t.portfolio_id', '=', of.portfolioId)
    .where('t.epoch', '=', of.epoch)
    .where('t.superseded_at', 'is', null)
    .where('t.reversed', '=', false)
    .orderBy('t.traded_at')
    .orderBy('t.id')
    .limit(RECORDED_PAGE);
  if (after !== null) query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('t.traded_at', 't.id'), '>', tuple(after.at, after.id)));
  return query.execute();
}

function recordedFactOf(row: RecordedRow): RecordedFact {
  const isFirst = row.first_id === null;
  return {
    id: row.id,
    type: row.type,
    instrumentKey: isFirst ? row.instrument_key : row.first_key,
    quantity: plain(isFirst ? row.quantity : row.first_quantity),
    amount: plain(isFirst ? row.amount : row.first_amount) ?? '0',
    currency: isFirst ? row.currency : (row.first_currency ?? row.currency),
    at: (isFirst ? row.traded_at : (row.first_traded_at ?? row.traded_at)).getTime(),
    externalId: row.external_id,
  };
}

function recordedHoldingOf(row: RecordedRow): readonly RecordedHolding[] {
  if (row.instrument_key === null) return [];
  const { type, instrument_key: instrumentKey, new_instrument_key: newInstrumentKey } = row;
  const figures = { quantity: exact(row.quantity), newShares: exact(row.new_shares), oldShares: exact(row.old_shares) };
  return [{ type, instrumentKey, newInstrumentKey, ...figures, at: row.traded_at.getTime() }];
}

/** What the user said of files, by the hash of their header in hexadecimal. */
export async function listMappings(db: Db | Tx, userId: string): Promise<Readonly<Record<string, ColumnMapping>>> {
  const rows = await db.selectFrom('statement_mappings').select(['header_hash', 'mapping']).where('user_id', '=', userId).execute();
  return Object.fromEntries(rows.map(({ header_hash: hash, mapping }) => [hash.toString('hex'), mapping as ColumnMapping]));
}

const MOST_MAPPINGS = 100;

/** The newest counts; of a user's many the oldest are forgotten. */
export async function rememberMapping(
  tx: Tx,
  of: { readonly userId: string; readonly headerHash: Buffer; readonly mapping: ColumnMapping; readonly at: number },
): Promise<void> {
  const kept = { mapping: JSON.stringify(of.mapping), used_at: new Date(of.at) };
  await tx
    .insertInto('statement_mappings')
    .values({ user_id: of.userId, header_hash: of.headerHash, ...kept })
    .onConflict((conflict) => conflict.columns(['user_id', 'header_hash']).doUpdateSet(kept))
    .execute();
  const rest = await tx
    .selectFrom('statement_mappings')
    .select('header_hash')
    .where('user_id', '=', of.userId)
    .orderBy('used_at', 'desc')
    .offset(MOST_MAPPINGS)
    .execute();
  const hashes = rest.map(({ header_hash: hash }) => hash);
  if (hashes.length > 0)
    await tx.deleteFrom('statement_mappings').where('user_id', '=', of.userId).where('header_hash', 'in', hashes).execute();
}

const MOST_SYMBOLS = 2_000;

/** Which instrument a user has said a word of a file means, in any file before. */
export async function listSaidSymbols(db: Db | Tx, userId: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ written: string; symbol: string }>`
    select written, symbol from statement_symbols where user_id = ${userId}`.execute(db);
  return Object.fromEntries(rows.map(({ written, symbol }) => [written, symbol]));
}

/** The newest word counts; of a user's many the oldest are forgotten. */
export async function rememberSymbols(
  tx: Tx,
  of: { readonly userId: string; readonly symbols: Readonly<Record<string, string>>; readonly at: number },
): Promise<void> {
  const rows = Object.entries(of.symbols).map(([written, symbol]) => ({ written, symbol }));
  if (rows.length === 0) return;
  await sql`
    insert into statement_symbols (user_id, written, symbol, used_at)
    select ${of.userId}::uuid, written, symbol, ${new Date(of.at)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as said (written text, symbol text)
    on conflict (user_id, written) do update set symbol = excluded.symbol, used_at = excluded.used_at`.execute(tx);
  await sql`
    delete from statement_symbols where user_id = ${of.userId} and written in (
      select written from statement_symbols where user_id = ${of.userId} order by used_at desc, written offset ${MOST_SYMBOLS})`.execute(
    tx,
  );
}

function exact(text: string | null): Decimal | null {
  return text === null ? null : decimal(text);
}

/** As a file's figures are written: without the zeros of the column. */
function plain(text: string | null): string | null {
  return text === null ? null : formatDecimal(decimal(text));
}
