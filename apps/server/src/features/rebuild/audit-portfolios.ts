/** Rebuilds every portfolio, or one, and tells what differs. Reads only, and may run beside a server that trades. */
import type pg from 'pg';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { auditPortfolio } from './audit-portfolio.ts';
import type { Differ, Difference } from './difference.ts';
import { countPortfolioRows, inSnapshot, listPortfolioIds } from './rebuild-store.ts';

export interface AuditNeeds {
  readonly pool: pg.Pool;
  readonly instruments: InstrumentBook;
  readonly rates: ExchangeRates;
  /** Tells the differences of a portfolio's snapshots. */
  readonly checkSnapshots: (portfolioId: string, differ: Differ) => Promise<void>;
}

export interface AuditTotals {
  readonly portfolios: number;
  /** How many portfolios there are to audit. */
  readonly of: number;
  readonly transactions: number;
  readonly differences: number;
}

export interface AuditOptions {
  /** Null for all. */
  readonly portfolioId: string | null;
  readonly onDifference: (difference: Difference) => void;
  /** Called now and then. */
  readonly onProgress?: (totals: AuditTotals) => void;
}

const IDS_A_TIME = 500;
const TRANSACTIONS_A_REPORT = 5_000;

/** `portfolios` is 0 where the portfolio asked for is not there. */
export async function auditPortfolios(needs: AuditNeeds, options: AuditOptions): Promise<AuditTotals> {
  const { pool } = needs;
  const { portfolioId, onDifference, onProgress } = options;
  let totals: AuditTotals = {
    portfolios: 0,
    of: portfolioId === null ? await countPortfolioRows(pool) : 1,
    transactions: 0,
    differences: 0,
  };
  const audit = async (id: string): Promise<void> => {
    const differ = (what: string, stored: string, rebuilt: string): void => {
      totals = { ...totals, differences: totals.differences + 1 };
      onDifference({ portfolioId: id, what, stored, rebuilt });
    };
    const onTransaction = (): void => {
      totals = { ...totals, transactions: totals.transactions + 1 };
      if (totals.transactions % TRANSACTIONS_A_REPORT === 0) onProgress?.(totals);
    };
    const found = await inSnapshot(pool, (client) => auditPortfolio(needs, client, { id, differ, onTransaction }));
    if (found) await needs.checkSnapshots(id, differ);
    if (found) totals = { ...totals, portfolios: totals.portfolios + 1 };
    onProgress?.(totals);
  };
  if (portfolioId !== null) await audit(portfolioId);
  else for await (const id of portfolioIds(pool)) await audit(id);
  return totals;
}

async function* portfolioIds(pool: pg.Pool): AsyncGenerator<string> {
  for (let after: string | null = null; ;) {
    const ids: readonly string[] = await listPortfolioIds(pool, after, IDS_A_TIME);
    yield* ids;
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}
