/** An archive brought into an account: all of it in one transaction, or nothing. What is there stays as it is. */
import type { AccountImport } from '@holdfast/contract/exports';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { AlertNeeds } from '../alerts/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { DocumentIntake } from '../documents/index.ts';
import type { Asker } from '../instruments/index.ts';
import type { Plans } from '../plans/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { transactionsPath } from './archive-format.ts';
import {
  ArchivedAlerts,
  ArchivedDocuments,
  ArchivedInstruments,
  ArchivedPortfolios,
  ArchivedTransactions,
  ArchivedWatchlists,
} from './archive-shapes.ts';
import type { ArchivedAlert, ArchivedDocument, ArchivedInstrument, ArchivedPortfolio, ArchivedWatchlist } from './archive-shapes.ts';
import { bringDocuments, receiveDocuments } from './bring-documents.ts';
import type { ArrivedDocument } from './bring-documents.ts';
import { bringInstruments, withFresh } from './bring-instruments.ts';
import type { InstrumentIntake } from './bring-instruments.ts';
import { bringPortfolios } from './bring-portfolios.ts';
import type { ArchivedLedger } from './bring-portfolios.ts';
import { bringAlerts, bringWatchlists } from './bring-watched.ts';
import { openArchive } from './open-archive.ts';
import type { Archive } from './open-archive.ts';
import { wrongArchive } from './refusals.ts';

export interface ImportArchiveNeeds extends InstrumentIntake {
  readonly quotes: QuoteBoard;
  readonly rates: ExchangeRates;
  readonly plans: Plans;
  readonly intake: DocumentIntake;
  readonly tellChanged: AlertNeeds['tellChanged'];
}

interface Contents {
  readonly instruments: readonly ArchivedInstrument[];
  readonly ledgers: readonly ArchivedLedger[];
  readonly watchlists: readonly ArchivedWatchlist[];
  readonly alerts: readonly ArchivedAlert[];
  readonly documents: readonly ArchivedDocument[];
}

const OF_ITS_MARKET = 'A paper portfolio belongs to the market it was traded on. Its orders and transactions stay in the file.';

/** What is not the fault of the archive alone. The refusal of any one fact in it is the refusal of the archive. */
const TOLD_AS_IT_IS: ReadonlySet<string> = new Set(['invalid_value', 'unknown_symbol', 'conflict', 'unavailable', 'timeout']);

/** Throws `invalid_value` for what is no whole archive or cannot be recorded, `unknown_symbol` for instruments that this server does not know. */
export async function importArchive(
  needs: ImportArchiveNeeds,
  asker: Asker,
  file: { readonly path: string; readonly byteCount: number },
): Promise<AccountImport> {
  const archive = await openArchive(file);
  const arrived: ArrivedDocument[] = [];
  try {
    const leftOut: AccountImport['leftOut'] = [];
    const contents = await readContents(archive, leftOut);
    await checkSymbols(needs, asker.caller.userId, contents);
    await receiveDocuments(needs.intake, { archive, userId: asker.caller.userId, arrived }, contents.documents);
    return await bringAll(needs, asker, { contents, arrived, leftOut });
  } catch (error) {
    for (const { file: kept } of arrived) await needs.intake.discard(kept.name);
    throw error instanceof AppError && !TOLD_AS_IT_IS.has(error.code) ? wrongArchive(error.message) : error;
  } finally {
    archive.close();
  }
}

async function readContents(archive: Archive, leftOut: AccountImport['leftOut']): Promise<Contents> {
  const portfolios = await archive.read('portfolios.json', ArchivedPortfolios);
  const ledgers: ArchivedLedger[] = [];
  for (const portfolio of portfolios) {
    if (portfolio.kind === 'paper') {
      leftOut.push({ kind: 'portfolio', name: portfolio.name, reason: OF_ITS_MARKET });
      continue;
    }
    const transactions = await archive.read(transactionsPath(portfolio.id), ArchivedTransactions);
    // Every account has one already.
    if (isUntouched(portfolio) && transactions.length === 0) continue;
    ledgers.push({ portfolio, transactions });
  }
  return {
    instruments: await archive.read('instruments.json', ArchivedInstruments),
    ledgers,
    watchlists: await archive.read('watchlists.json', ArchivedWatchlists),
    alerts: await archive.read('alerts.json', ArchivedAlerts),
    documents: await archive.read('documents.json', ArchivedDocuments),
  };
}

function isUntouched({ isDefault, targets }: ArchivedPortfolio): boolean {
  return isDefault && targets.length === 0;
}

/** A provider may be asked, which takes long: no connection is held meanwhile. */
async function checkSymbols({ instruments }: ImportArchiveNeeds, userId: string, contents: Contents): Promise<void> {
  const own = new Set(contents.instruments.flatMap(({ symbol, knownAs }) => [symbol.toUpperCase(), knownAs.toUpperCase()]));
  const recorded = contents.ledgers.flatMap(({ transactions }) => transactions.flatMap(({ symbol, newSymbol }) => [symbol, newSymbol]));
  const wanted = new Set([...recorded, ...contents.alerts.map(({ symbol }) => symbol)].flatMap((symbol) => symbol?.toUpperCase() ?? []));
  const unknown: string[] = [];
  for (const symbol of wanted) if (!own.has(symbol) && (await instruments.find(symbol, userId)) === null) unknown.push(symbol);
  if (unknown.length > 0)
    throw new AppError(
      'unknown_symbol',
      `This server does not know ${unknown.slice(0, 20).join(', ')}${unknown.length > 20 ? ` and ${unknown.length - 20} more` : ''}. Make them as private instruments first. Nothing was brought in.`,
    );
}

interface Bringing {
  readonly contents: Contents;
  readonly arrived: readonly ArrivedDocument[];
  readonly leftOut: AccountImport['leftOut'];
}

async function bringAll(needs: ImportArchiveNeeds, asker: Asker, { contents, arrived, leftOut: known }: Bringing): Promise<AccountImport> {
  const { db, clock } = needs;
  const caller = { userId: asker.caller.userId, requestId: asker.requestId, ip: asker.ip };
  const { userId } = caller;
  return transact(db, async (tx) => {
    // Of this try: a transaction that is tried again begins anew.
    const leftOut = [...known];
    const importId = newId(clock.now());
    const fresh = { ...needs, instruments: withFresh(needs.instruments) };
    const instruments = await bringInstruments(fresh, asker, contents.instruments);
    const named = { ...fresh, instruments: fresh.instruments.book };
    const portfolioIds = await bringPortfolios(named, caller, { ledgers: contents.ledgers, importId });
    const watching = { ...fresh, board: needs.quotes, follower: null, onRead: null };
    const { listIds, ...watched } = await bringWatchlists(watching, { userId, leftOut }, contents.watchlists);
    const alerts = await bringAlerts(named, { userId, leftOut, portfolioIds, listIds }, contents.alerts);
    const documents = await bringDocuments(needs.intake, { caller, portfolioIds }, arrived);
    const transactions = contents.ledgers.reduce((sum, ledger) => sum + ledger.transactions.length, 0);
    const counts = { portfolios: portfolioIds.size, transactions, instruments, ...watched, alerts, documents };
    const entry = { at: clock.now(), actorId: userId, action: 'export.imported', subjectKind: 'import', subjectId: importId };
    await writeAuditEntry(tx, { ...entry, requestId: caller.requestId, ip: caller.ip, details: counts });
    return { ...counts, leftOut };
  });
}
