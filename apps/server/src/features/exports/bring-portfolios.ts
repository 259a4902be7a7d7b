/** Tracked portfolios of an archive: opened, their transactions recorded as if they had been sent, archived again where they were. */
import type { Tx } from '../../platform/db/transact.ts';
import { newId } from '../../platform/ids.ts';
import { setTargets } from '../allocation/index.ts';
import { changePortfolio, openPortfolio } from '../portfolios/index.ts';
import type { PortfolioCaller } from '../portfolios/index.ts';
import { fieldsOf, recordTransactions } from '../transactions/index.ts';
import type { Recording, TransactionInput, TransactionNeeds } from '../transactions/index.ts';
import type { ArchivedPortfolio, ArchivedTransaction } from './archive-shapes.ts';

export interface ArchivedLedger {
  readonly portfolio: ArchivedPortfolio;
  /** Oldest first. */
  readonly transactions: readonly ArchivedTransaction[];
}

/** Answers the new ids by those of the archive. */
export async function bringPortfolios(
  needs: TransactionNeeds,
  caller: PortfolioCaller,
  { ledgers, importId }: { readonly ledgers: readonly ArchivedLedger[]; readonly importId: string },
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { portfolio, transactions } of ledgers) {
    const { name, description, cashMode, baseCurrency, timeZone, costMethod } = portfolio;
    const opened = await openPortfolio(needs, caller, { name, description, kind: 'tracked', cashMode, baseCurrency, timeZone, costMethod });
    ids.set(portfolio.id, opened.id);
    const recordings = recordingsOf(transactions, needs.clock.now());
    if (recordings.length > 0) await recordTransactions(needs, caller, { portfolioId: opened.id, source: 'import', importId, recordings });
    const owner = { userId: caller.userId, portfolioId: opened.id };
    for (const by of new Set(portfolio.targets.map((target) => target.by))) {
      const targets = portfolio.targets.filter((target) => target.by === by).map(({ key, target }) => ({ key, target }));
      await setTargets(needs, owner, { by, targets });
    }
    if (portfolio.archivedAt !== null) await archive(needs, caller, opened.id);
  }
  return ids;
}

async function archive(needs: TransactionNeeds, caller: PortfolioCaller, id: string): Promise<void> {
  const nothing = async (): Promise<void> => undefined;
  const recountHoldings = async (_tx: Tx): Promise<void> => undefined;
  await changePortfolio({ ...needs, cancelOpenOrders: nothing, recountHoldings }, caller, { id, change: { archived: true } });
}

/** The ids are made first, in the same order, so that sales name the lots they named before. */
function recordingsOf(transactions: readonly ArchivedTransaction[], now: number): readonly Recording[] {
  const ids = new Map(transactions.map(({ id }) => [id, newId(now)]));
  return transactions.map((transaction) => ({
    id: ids.get(transaction.id) ?? newId(now),
    type: transaction.type,
    symbol: transaction.symbol ?? undefined,
    input: inputOf(transaction, ids),
    // Older doors may have kept figures that cannot be; they are kept as such again.
    lenient: transaction.quantity !== null && (transaction.type === 'buy' || transaction.type === 'sell'),
  }));
}

/** As it would have been sent: only what its type takes, and a sum only where it is not worked out. */
function inputOf(transaction: ArchivedTransaction, ids: ReadonlyMap<string, string>): TransactionInput {
  const { quantity, price, amount, lots, ...rest } = transaction;
  const isSum = quantity === null || price === null;
  const isPayout = transaction.type === 'dividend';
  const sent: Readonly<Record<string, unknown>> = {
    ...rest,
    quantity,
    price,
    amount: isSum || isPayout ? (isEmpty(transaction) ? null : amount) : null,
    lots: lots?.map(({ lotId, quantity: part }) => ({ lotId: ids.get(lotId) ?? lotId, quantity: part })),
  };
  const known = fieldsOf(transaction.type);
  return Object.fromEntries(
    Object.entries(sent).filter(([field, value]) => known.includes(field) && value !== null && value !== undefined),
  );
}

/** A split without cash for fractions, or a merger without money, has no sum. */
function isEmpty({ type, amount }: ArchivedTransaction): boolean {
  return (type === 'split' || type === 'merger' || type === 'spinOff') && /^0(\.0+)?$/.test(amount);
}
