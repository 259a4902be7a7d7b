/** Recording, correcting and taking back what happened in a tracked portfolio. Each is one database transaction on the locked portfolio. */
import { cashEffect } from '@holdfast/engine/ledger';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { besides, eachInTurns } from '../../platform/turns.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { symbolOf } from '../instruments/index.ts';
import { insertFacts, supersede } from '../ledger/index.ts';
import { lockHead, ownPortfolio, raiseVersion } from '../portfolios/index.ts';
import type { Portfolio, PortfolioCaller } from '../portfolios/index.ts';
import { markStale } from '../snapshots/index.ts';
import { dayOf, factOf, rebuildHoldings } from './rebuild-holdings.ts';
import type { Draft, TransactionInput, TransactionKind } from './draft.ts';
import { invalid } from './input-figures.ts';
import { fieldsOf, lenientDraft, takesSymbol, transactionDraft } from './transaction-input.ts';
import { findTransaction } from './transaction-store.ts';
import { detailsOf } from './transaction.ts';
import type { TransactionRow } from './transaction.ts';

export interface TransactionNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: InstrumentBook;
  readonly rates: ExchangeRates;
}

/** One fact to be recorded. */
export interface Recording {
  readonly type: TransactionKind;
  readonly symbol: string | undefined;
  /** Where the caller has found it already; else `symbol` names it. */
  readonly instrument?: Instrument | null;
  readonly input: TransactionInput;
  /** Keeps prices and quantities that cannot be, for the quality checks to find; they make no holding. */
  readonly lenient?: boolean;
  /** What the broker calls it. */
  readonly externalId?: string | null;
  /** A fresh one that the caller made, so that a later recording can name the lots it opens. */
  readonly id?: string;
}

/** Where facts are recorded, and which door they came through. */
export interface RecordingPlace {
  readonly portfolioId: string;
  /** `manual` from the API; the doors of older clients name themselves. */
  readonly source: 'manual' | 'import' | 'tickers-api' | 'analytics-api';
  /** The import it came with. */
  readonly importId?: string | null;
}

export async function recordTransaction(
  needs: TransactionNeeds,
  caller: PortfolioCaller,
  asked: Recording & RecordingPlace,
): Promise<TransactionRow> {
  const [row] = await recordTransactions(needs, caller, { ...asked, recordings: [asked] });
  if (row === undefined) throw new Error('The transaction just recorded is missing.');
  return row;
}

/** All or none, in the order given. */
export async function recordTransactions(
  needs: TransactionNeeds,
  caller: PortfolioCaller,
  asked: RecordingPlace & { readonly recordings: readonly Recording[] },
): Promise<readonly TransactionRow[]> {
  return change(needs, { caller, portfolioId: asked.portfolioId }, async (work) => {
    const rows = await besides(
      eachInTurns(asked.recordings, (recording) => ({
        ...rowOf(work, draftOf(work, recording), { id: recording.id ?? newId(work.now), version: 1, source: asked.source }),
        external_id: recording.externalId ?? null,
        import_id: asked.importId ?? null,
      })),
    );
    const importId = asked.importId ?? null;
    return { rows: await write(work, rows, []), action: importId === null ? 'transaction.recorded' : 'transaction.imported', importId };
  });
}

export interface Correction {
  readonly portfolioId: string;
  readonly id: string;
  readonly symbol: string | undefined;
  readonly input: TransactionInput;
  /** Only a transaction of this type is found. */
  readonly type?: TransactionKind;
}

export async function correctTransaction(needs: TransactionNeeds, caller: PortfolioCaller, asked: Correction): Promise<TransactionRow> {
  const [row] = await change(needs, { caller, portfolioId: asked.portfolioId }, async (work) => {
    const before = await present(work, asked);
    const type = before.type as TransactionKind;
    const kept = before.instrument_key === null ? null : work.instruments.byKey(before.instrument_key);
    const named = asked.symbol === undefined ? { symbol: undefined, instrument: kept } : { symbol: asked.symbol };
    const draft = draftOf(work, { type, ...named, input: corrected(inputOf(before, work), asked.input) });
    await supersede(work.tx, { ...keyOf(before), at: new Date(work.now) });
    const row = {
      ...rowOf(work, draft, { id: before.id, version: before.version + 1, source: before.source }),
      external_id: before.external_id,
      import_id: before.import_id,
    };
    return { rows: await write(work, [row], [before]), action: 'transaction.corrected' };
  });
  if (row === undefined) throw new Error('The transaction just corrected is missing.');
  return row;
}

export async function reverseTransaction(
  needs: TransactionNeeds,
  caller: PortfolioCaller,
  asked: Pick<Correction, 'portfolioId' | 'id' | 'type'>,
): Promise<void> {
  await change(needs, { caller, portfolioId: asked.portfolioId }, async (work) => {
    const before = await present(work, asked);
    await supersede(work.tx, { ...keyOf(before), at: new Date(work.now) });
    const row = { ...before, version: before.version + 1, recorded_at: new Date(work.now), reversed: true };
    return { rows: await write(work, [row], [before]), action: 'transaction.reversed' };
  });
}

interface Work extends TransactionNeeds {
  readonly tx: Tx;
  readonly portfolio: Portfolio;
  readonly userId: string;
  readonly now: number;
}

interface Change {
  readonly rows: readonly TransactionRow[];
  readonly action: string;
  /** The file they came with, where one brought them all. */
  readonly importId?: string | null;
}

async function change(
  needs: TransactionNeeds,
  { caller, portfolioId }: { readonly caller: PortfolioCaller; readonly portfolioId: string },
  work: (work: Work) => Promise<Change>,
): Promise<readonly TransactionRow[]> {
  return transact(needs.db, async (tx) => {
    const { kind } = await ownPortfolio({ db: tx }, caller, portfolioId);
    if (kind === 'paper')
      throw new AppError('portfolio_kind', 'The transactions of a paper portfolio come from its orders and cash moves.');
    await lockHead(tx, portfolioId);
    const portfolio = await ownPortfolio({ db: tx }, caller, portfolioId);
    if (portfolio.archivedAt !== null) throw new AppError('portfolio_archived', 'The portfolio is archived. Bring it back first.');
    const now = needs.clock.now();
    const { rows, action, importId } = await work({ ...needs, tx, portfolio, userId: caller.userId, now });
    await raiseVersion(tx, portfolioId);
    // A file is one event, however many rows it has: they name it.
    const events =
      importId === undefined || importId === null
        ? rows.map((row) => ({ transactionId: row.id, version: row.version, type: row.type }))
        : [{ importId, transactions: rows.length }];
    for (const details of events) {
      await writeAuditEntry(tx, {
        at: now,
        actorId: caller.userId,
        action,
        subjectKind: 'portfolio',
        subjectId: portfolioId,
        requestId: caller.requestId,
        ip: caller.ip,
        details,
      });
    }
    return rows;
  });
}

/** The newest version of the transaction. Throws not found where it is not theirs, taken back, or of another type than asked for. */
async function present(work: Work, asked: Pick<Correction, 'id' | 'type'>): Promise<TransactionRow> {
  const row = await findTransaction(work.tx, { userId: work.userId, portfolioId: work.portfolio.id, id: asked.id });
  if (row === null || row.epoch !== work.portfolio.epoch || (asked.type !== undefined && row.type !== asked.type))
    throw notFound('transaction');
  return row;
}

/** Appends the rows and makes everything follow; answers them with what sales gained. */
async function write(work: Work, rows: readonly TransactionRow[], left: readonly TransactionRow[]): Promise<readonly TransactionRow[]> {
  await insertFacts(work.tx, rows.map(newFactOf));
  const gains = await rebuildHoldings(work, [...left, ...rows]);
  const { portfolio } = work;
  const days = [...left, ...rows].map((row) => dayOf(portfolio, row.traded_at));
  await markStale(work.tx, {
    portfolioId: portfolio.id,
    epoch: portfolio.epoch,
    from: days.reduce((first, day) => Math.min(first, day), Infinity),
  });
  return rows.map((row) => {
    const gain = gains.get(row.id);
    return gain === undefined ? row : { ...row, realized_gain: formatDecimal(gain) };
  });
}

function draftOf(work: Work, asked: Recording): Draft {
  const { symbol, type, input } = asked;
  if (symbol !== undefined && !takesSymbol(type)) throw invalid('symbol', `is not for a ${type}`);
  const instrument = asked.instrument ?? (symbol === undefined ? null : named(work, symbol));
  if (work.portfolio.cashMode === 'implied' && ['deposit', 'withdrawal', 'exchange'].includes(type)) {
    throw new AppError(
      'conflict',
      `The portfolio keeps no cash: each purchase is an inflow and each sale an outflow. Open one with cashMode full to record a ${type}.`,
    );
  }
  const { baseCurrency, timeZone } = work.portfolio;
  const newInstrument = input.newSymbol === undefined ? null : named(work, input.newSymbol);
  const context = { instrument, newInstrument, baseCurrency, timeZone, now: work.now };
  return asked.lenient === true ? lenientDraft(type, input, context) : transactionDraft(type, input, context);
}

function named(work: Work, symbol: string): Instrument {
  const instrument = work.instruments.resolve(symbol, work.userId);
  if (instrument === null) throw new AppError('unknown_symbol', `No instrument has the symbol ${symbol.toUpperCase()}.`);
  return instrument;
}

function rowOf(work: Work, draft: Draft, of: { readonly id: string; readonly version: number; readonly source: string }): TransactionRow {
  const row = {
    portfolio_id: work.portfolio.id,
    id: of.id,
    version: of.version,
    epoch: work.portfolio.epoch,
    type: draft.type,
    instrument_key: draft.instrument?.key ?? null,
    quantity: text(draft.quantity),
    price: text(draft.price),
    amount: text(draft.amount) ?? '0',
    currency: draft.currency,
    fee: text(draft.fee) ?? '0',
    tax: text(draft.tax) ?? '0',
    cash_effect: '0',
    realized_gain: null,
    traded_at: draft.tradedAt,
    recorded_at: new Date(work.now),
    order_id: null,
    note: draft.note,
    source: of.source,
    reversed: false,
    ...draft.details,
  };
  return { ...row, cash_effect: formatDecimal(cashEffect(factOf(work, row))) };
}

function newFactOf(row: TransactionRow) {
  return {
    portfolioId: row.portfolio_id,
    epoch: row.epoch,
    id: row.id,
    version: row.version,
    type: row.type,
    instrumentKey: row.instrument_key,
    quantity: number(row.quantity),
    price: number(row.price),
    amount: decimal(row.amount),
    currency: row.currency,
    fee: decimal(row.fee),
    tax: decimal(row.tax),
    cashEffect: decimal(row.cash_effect),
    tradedAt: row.traded_at,
    recordedAt: row.recorded_at,
    note: row.note,
    source: row.source,
    reversed: row.reversed,
    more: detailsOf(row),
    transfers: [],
  };
}

/** Another price makes another amount. */
function corrected(before: TransactionInput, change: TransactionInput): TransactionInput {
  const { amount, ...rest } = before;
  return change.price !== undefined || amount === undefined ? { ...rest, ...change } : { ...rest, amount, ...change };
}

/** A stored transaction as it would have been sent: what a correction begins with. */
function inputOf(row: TransactionRow, { instruments }: Work): TransactionInput {
  const newInstrument = row.new_instrument_key === null ? null : instruments.byKey(row.new_instrument_key);
  const isSum = row.quantity === null || row.price === null;
  const sent: Readonly<Record<string, unknown>> = {
    quantity: row.quantity,
    price: row.price,
    amount: isSum ? row.amount : null,
    currency: row.currency,
    fee: row.fee,
    tax: row.tax,
    tradedAt: row.traded_at.toISOString(),
    note: row.note,
    counterAmount: row.counter_amount,
    counterCurrency: row.counter_currency,
    newShares: row.new_shares,
    oldShares: row.old_shares,
    newSymbol: newInstrument === null ? null : symbolOf(newInstrument),
    costShare: row.cost_share,
    baseCost: row.base_cost,
    acquiredOn: row.acquired_on,
    baseRate: row.base_rate,
    lots: row.lots,
  };
  const fields = fieldsOf(row.type as TransactionKind);
  return Object.fromEntries(Object.entries(sent).filter(([field, value]) => value !== null && fields.includes(field)));
}

function keyOf(row: TransactionRow) {
  return { portfolioId: row.portfolio_id, id: row.id, version: row.version };
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}

function number(value: string | null): Decimal | null {
  return value === null ? null : decimal(value);
}
