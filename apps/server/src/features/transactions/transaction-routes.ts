import { moveCash as cashContract } from '@holdfast/contract/portfolios';
import {
  correctTransaction as correctContract,
  getTransaction,
  getTransactionHistory,
  listAllTransactions,
  listTransactions as listContract,
  recordTransaction as recordContract,
  reverseTransaction as reverseContract,
} from '@holdfast/contract/transactions';
import { Answer, notFound, Serialised, serve } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import type { Desk } from '../desk/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import { listTransactions } from './list-transactions.ts';
import { moveCash } from './move-cash.ts';
import { correctTransaction, recordTransaction, reverseTransaction } from './record-transaction.ts';
import type { TransactionNeeds } from './record-transaction.ts';
import { findTransaction, findVersions } from './transaction-store.ts';
import { describeTransaction } from './transaction.ts';

export function bindTransactionRoutes(context: ServeContext, needs: TransactionNeeds & { readonly desk: Desk }): void {
  const { instruments } = needs;

  serve(context, listContract, async ({ caller, params, query }) => {
    const portfolio = await ownPortfolio(needs, caller, params.id);
    return listTransactions(needs, { userId: caller.userId, portfolioId: portfolio.id, timeZone: portfolio.timeZone }, query);
  });

  serve(context, listAllTransactions, ({ caller, query }) =>
    listTransactions(needs, { userId: caller.userId, portfolioId: null, timeZone: 'UTC' }, query),
  );

  serve(context, getTransaction, async ({ caller, params }) => {
    const row = await findTransaction(needs.db, { userId: caller.userId, portfolioId: params.id, id: params.transactionId });
    if (row === null) throw notFound('transaction');
    return describeTransaction(row, instruments);
  });

  serve(context, getTransactionHistory, async ({ caller, params }) => {
    const rows = await findVersions(needs.db, { userId: caller.userId, portfolioId: params.id, id: params.transactionId });
    if (rows.length === 0) throw notFound('transaction');
    return {
      items: rows.map((row) => ({
        version: row.version,
        reversed: row.reversed,
        recordedAt: row.recorded_at.toISOString(),
        transaction: describeTransaction(row, instruments),
      })),
    };
  });

  serve(context, recordContract, async (ask) => {
    const { type, symbol, ...input } = ask.body;
    const row = await recordTransaction(needs, callerOf(ask), { portfolioId: ask.params.id, type, symbol, input, source: 'manual' });
    return describeTransaction(row, instruments);
  });

  serve(context, correctContract, async (ask) => {
    const { symbol, ...input } = ask.body;
    const row = await correctTransaction(needs, callerOf(ask), { portfolioId: ask.params.id, id: ask.params.transactionId, symbol, input });
    return describeTransaction(row, instruments);
  });

  serve(context, reverseContract, async (ask) => {
    await reverseTransaction(needs, callerOf(ask), { portfolioId: ask.params.id, id: ask.params.transactionId });
    return new Answer(204, undefined);
  });

  serve(context, cashContract, async (ask) => {
    const { type, amount, currency } = ask.body;
    const asked = { portfolioId: ask.params.id, type, amount, currency, idempotencyKey: ask.idempotencyKey ?? null };
    const { receipt, replayed } = await moveCash(needs, callerOf(ask), asked);
    return new Answer(201, new Serialised(receipt), replayed ? { 'idempotency-replayed': 'true' } : {});
  });
}

function callerOf(ask: { readonly caller: Caller; readonly requestId: string; readonly ip: string }) {
  return { userId: ask.caller.userId, tokenVersion: ask.caller.tokenVersion, requestId: ask.requestId, ip: ask.ip };
}
