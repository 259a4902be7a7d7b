/** Everything of a user, file by file, each read as it is written. */
import type { COUPON_FREQUENCIES } from '@holdfast/contract/bonds';
import { formatDecimal } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { AppError } from '../../platform/http/index.ts';
import { findUser } from '../accounts/index.ts';
import { listAlerts } from '../alerts/index.ts';
import type { Documents } from '../documents/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { describePortfolio, findPortfolios } from '../portfolios/index.ts';
import type { Portfolio } from '../portfolios/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { listTransactions } from '../transactions/index.ts';
import { findItems, findWatchlists } from '../watchlists/index.ts';
import { transactionsPath } from './archive-format.ts';
import { csvRow } from './csv-text.ts';
import type { CsvCell } from './csv-text.ts';
import { findBondTerms, listDayPrices, listOrders, listTargets } from './export-store.ts';
import type { ExportedFile } from './write-archive.ts';

export interface GatherNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  readonly documents: Pick<Documents, 'export'>;
}

type Counts = Map<string, number>;
/** Files beside those of portfolios and documents, which are not counted: they are most of an export only where there are few. */
const FIXED_PARTS = 6;
const PAGE = 200;
/** Whoever reads a CSV of orders has no use for what is empty in all of them. */
const ORDER_COLUMNS = [
  ...['id', 'createdAt', 'symbol', 'side', 'type', 'timeInForce', 'quantity', 'notional', 'limitPrice', 'status', 'filledQuantity'],
  ...['averageFillPrice', 'fees', 'clientOrderId', 'updatedAt', 'expiresAt'],
];
const TRANSACTION_COLUMNS = [
  ...['id', 'tradedAt', 'type', 'symbol', 'quantity', 'price', 'amount', 'currency', 'fee', 'tax', 'cashEffect', 'realizedGain'],
  ...['counterAmount', 'counterCurrency', 'newShares', 'oldShares', 'newSymbol', 'costShare', 'baseCost', 'acquiredOn', 'baseRate', 'lots'],
  ...['note', 'source', 'orderId', 'version', 'recordedAt'],
];

/** About how many files there will be. */
export async function countParts(db: Db, userId: string): Promise<number> {
  return FIXED_PARTS + 2 * (await allPortfolios(db, userId)).length;
}

/** `counts` says how much of each kind there was once the files have been read. Throws `not_found` when the account is gone. */
export async function* exportedFiles(needs: GatherNeeds, userId: string, counts: Counts): AsyncGenerator<ExportedFile> {
  const { db, instruments } = needs;
  yield { path: 'account.json', content: account(db, userId) };
  yield { path: 'instruments.json', content: jsonList(privateInstruments(needs, userId), counted(counts, 'instruments')) };
  const portfolios = await allPortfolios(db, userId);
  yield { path: 'portfolios.json', content: jsonList(described(db, portfolios), counted(counts, 'portfolios')) };
  for (const portfolio of portfolios) {
    const folder = `portfolios/${portfolio.id}`;
    const { id: portfolioId } = portfolio;
    const facts = () => transactions(needs, userId, portfolio);
    yield { path: transactionsPath(portfolioId), content: jsonList(facts(), counted(counts, 'transactions')) };
    yield { path: `${folder}/transactions.csv`, content: csvList(TRANSACTION_COLUMNS, facts()) };
    if (portfolio.kind === 'paper')
      yield {
        path: `${folder}/orders.csv`,
        content: csvList(ORDER_COLUMNS, orders({ db, instruments }, portfolio), counted(counts, 'orders')),
      };
  }
  yield { path: 'watchlists.json', content: jsonList(watchlists(needs, userId), counted(counts, 'watchlists')) };
  yield { path: 'alerts.json', content: jsonList(alerts(needs, userId), counted(counts, 'alerts')) };
  yield* documents(needs, userId, counts);
}

async function* documents(needs: GatherNeeds, userId: string, counts: Counts): AsyncGenerator<ExportedFile> {
  const listed: object[] = [];
  for await (const file of needs.documents.export(userId)) {
    const { document, version, path, byteCount, sha256 } = file;
    const { id, kind, name, note, taxYear, portfolioId, createdAt } = document;
    const fileName = path.slice(path.lastIndexOf('/') + 1).replace(/^\d+-/, '');
    const described = { path, documentId: id, version, fileName, kind, name, note, taxYear, portfolioId, byteCount, sha256, createdAt };
    try {
      yield { path, content: await file.read(), isPacked: true };
      listed.push(described);
      counted(counts, 'documents')();
    } catch (error) {
      // What is lost cannot be given; the rest can, and the list says which is missing.
      if (!(error instanceof AppError && error.code === 'document_unreadable')) throw error;
      listed.push({ ...described, path: null });
    }
  }
  yield { path: 'documents.json', content: jsonList(each(listed), () => undefined) };
}

async function* account(db: Db, userId: string): AsyncGenerator<string> {
  const user = await findUser(db, userId);
  if (user === null) throw new AppError('not_found', 'The account is gone.');
  const { email, username, firstName, lastName, role, timezone, locale, baseCurrency } = user;
  const createdAt = new Date(user.createdAt).toISOString();
  yield JSON.stringify({ email, username, firstName, lastName, role, timezone, locale, baseCurrency, createdAt }, null, 1);
}

async function allPortfolios(db: Db, userId: string): Promise<readonly Portfolio[]> {
  const page = { limit: 1_000, after: null };
  const lists = [await findPortfolios(db, { userId, archived: false }, page), await findPortfolios(db, { userId, archived: true }, page)];
  return lists.flat();
}

async function* described(db: Db, portfolios: readonly Portfolio[]): AsyncGenerator<object> {
  for (const portfolio of portfolios) yield { ...describePortfolio(portfolio), targets: await listTargets(db, portfolio.id) };
}

async function* privateInstruments({ db, instruments }: GatherNeeds, userId: string): AsyncGenerator<object> {
  for (const instrument of instruments.listPrivate(userId)) {
    const { key, name, exchange, assetClass, currency, sector, country, isin, tickSize, status } = instrument;
    yield {
      symbol: instrument.symbol,
      knownAs: symbolOf(instrument),
      ...{ name, exchange, assetClass, currency, sector, country, isin, status },
      tickSize: tickSize === null ? null : formatDecimal(tickSize),
      bondTerms: await bondTerms(db, instrument),
      prices: await listDayPrices(db, key),
    };
  }
}

async function bondTerms(db: Db, { key }: Instrument) {
  const terms = await findBondTerms(db, key);
  if (terms === null) return null;
  return { ...terms, frequency: FREQUENCY_NAMES.get(terms.frequency) ?? 'none' };
}

const FREQUENCY_NAMES: ReadonlyMap<number, (typeof COUPON_FREQUENCIES)[number]> = new Map([
  [0, 'none'],
  [1, 'yearly'],
  [2, 'halfYearly'],
  [4, 'quarterly'],
  [12, 'monthly'],
]);

async function* transactions({ db, instruments }: GatherNeeds, userId: string, { id, timeZone }: Portfolio) {
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = { sort: 'tradedAt' as const, limit: PAGE, ...(cursor === '' ? {} : { cursor }) };
    const page: Awaited<ReturnType<typeof listTransactions>> = await listTransactions(
      { db, instruments },
      { userId, portfolioId: id, timeZone },
      asked,
    );
    yield* page.items;
    cursor = page.nextCursor;
  }
}

async function* orders({ db, instruments }: Pick<GatherNeeds, 'db' | 'instruments'>, { id: portfolioId, epoch }: Portfolio) {
  for (let after: string | null = null; ;) {
    const rows: Awaited<ReturnType<typeof listOrders>> = await listOrders(db, { portfolioId, epoch, after, limit: PAGE });
    for (const row of rows) {
      const instrument = instruments.byKey(row.instrument_key);
      yield {
        id: row.id,
        createdAt: row.created_at.toISOString(),
        symbol: instrument === null ? '' : symbolOf(instrument),
        side: row.side,
        type: row.type,
        timeInForce: row.time_in_force,
        quantity: row.quantity,
        notional: row.notional,
        limitPrice: row.limit_price,
        status: row.status,
        filledQuantity: row.filled_quantity,
        averageFillPrice: row.average_fill_price,
        fees: row.fees,
        clientOrderId: row.client_order_id,
        updatedAt: row.updated_at.toISOString(),
        expiresAt: row.expires_at?.toISOString() ?? null,
      };
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < PAGE) return;
  }
}

async function* watchlists({ db, instruments }: GatherNeeds, userId: string): AsyncGenerator<object> {
  for (const { id, name, note, isDefault } of await findWatchlists(db, userId)) {
    const items = (await findItems(db, id)).flatMap((item) => {
      const instrument = instruments.byKey(item.instrumentKey);
      const targetPrice = item.targetPrice === null ? null : formatDecimal(item.targetPrice);
      return instrument === null ? [] : [{ symbol: symbolOf(instrument), note: item.note, targetPrice }];
    });
    yield { name, note, isDefault, items };
  }
}

async function* alerts({ db, instruments, quotes }: GatherNeeds, userId: string): AsyncGenerator<object> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = { sort: 'createdAt' as const, limit: PAGE, ...(cursor === '' ? {} : { cursor }) };
    const page: Awaited<ReturnType<typeof listAlerts>> = await listAlerts({ db, instruments, quotes }, { userId }, asked);
    yield* page.items;
    cursor = page.nextCursor;
  }
}

async function* jsonList(items: AsyncIterable<object>, onItem: () => void): AsyncGenerator<string> {
  let before = '[';
  for await (const item of items) {
    yield `${before}\n${JSON.stringify(item)}`;
    before = ',';
    onItem();
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

async function* csvList(columns: readonly string[], items: AsyncIterable<object>, onItem?: () => void): AsyncGenerator<string> {
  yield csvRow(columns);
  for await (const item of items) {
    const cells = item as Readonly<Record<string, unknown>>;
    yield csvRow(columns.map((column) => cellOf(cells[column])));
    onItem?.();
  }
}

function cellOf(value: unknown): CsvCell {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}

async function* each(items: Iterable<object>): AsyncGenerator<object> {
  yield* items;
}

/** Counts one more of a kind; a kind that is there with none is said too. */
function counted(counts: Counts, kind: string): () => void {
  if (!counts.has(kind)) counts.set(kind, 0);
  return () => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
}
