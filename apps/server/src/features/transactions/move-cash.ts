import { createHash } from 'node:crypto';
import { findCurrency, formatDecimal, isPositive, roundMoney } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { transact } from '../../platform/db/transact.ts';
import { exactInput, onlyOnce } from '../../platform/http/index.ts';
import { receiptText } from '../desk/index.ts';
import type { Desk } from '../desk/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import type { PortfolioCaller } from '../portfolios/index.ts';
import { recordTransaction } from './record-transaction.ts';
import type { TransactionNeeds } from './record-transaction.ts';
import { invalid } from './input-figures.ts';

export interface CashRequest {
  readonly portfolioId: string;
  readonly type: 'deposit' | 'withdrawal';
  readonly amount: string | number;
  readonly currency: string | undefined;
  readonly idempotencyKey: string | null;
}

/** Deposits or withdraws. Answers the receipt as text, and whether an earlier request with the key had made it. */
export async function moveCash(
  needs: TransactionNeeds & { readonly desk: Desk },
  caller: PortfolioCaller & { readonly tokenVersion: number },
  asked: CashRequest,
): Promise<{ readonly receipt: string; readonly replayed: boolean }> {
  const portfolio = await ownPortfolio(needs, caller, asked.portfolioId);
  const currency = asked.currency ?? portfolio.baseCurrency;
  if (findCurrency(currency) === null) throw invalid('currency', 'is not a currency we know');
  const amount = exactInput(asked.amount, 'amount');
  if (!isPositive(amount)) throw invalid('amount', 'must be more than 0');
  if (roundMoney(amount, currency) !== amount) throw invalid('amount', `has more decimals than ${currency} has`);
  if (amount > 10n ** 30n) throw invalid('amount', 'is more than 1,000,000,000,000');
  const requestHash = createHash('sha256')
    .update([portfolio.id, asked.type, formatDecimal(amount), currency].join('\n'))
    .digest();
  if (portfolio.kind === 'tracked') {
    const record = async () => ({
      status: 201,
      body: await recordCash(needs, caller, { portfolioId: portfolio.id, type: asked.type, amount, currency }),
    });
    if (asked.idempotencyKey === null) return { receipt: (await record()).body, replayed: false };
    const keyed = { userId: caller.userId, key: asked.idempotencyKey, operation: 'moveCash', hash: requestHash, showsSecret: false };
    const answer = await onlyOnce({ db: needs.db, now: needs.clock.now() }, keyed, record);
    return { receipt: answer.body, replayed: answer.replayed };
  }
  const command = {
    kind: 'cash' as const,
    portfolioId: portfolio.id,
    by: caller,
    type: asked.type,
    amount,
    currency,
    idempotencyKey: asked.idempotencyKey,
    requestHash,
  };
  const outcome = await needs.desk.submit(command);
  if (outcome.kind !== 'cash') throw new Error('The desk answered a cash movement with something else.');
  return { receipt: receiptText(outcome.receipt), replayed: outcome.replayed };
}

async function recordCash(
  needs: TransactionNeeds,
  caller: PortfolioCaller,
  moved: { readonly portfolioId: string; readonly type: 'deposit' | 'withdrawal'; readonly amount: Decimal; readonly currency: string },
): Promise<string> {
  const { portfolioId, type, currency } = moved;
  const amount = formatDecimal(moved.amount);
  const row = await recordTransaction(needs, caller, {
    portfolioId,
    type,
    symbol: undefined,
    input: { amount, currency },
    source: 'manual',
  });
  const after = await transact(needs.db, (tx) => ownPortfolio({ db: tx }, caller, portfolioId));
  const balance = after.cash.find((cash) => cash.currency === currency)?.balance ?? '0';
  return JSON.stringify({ transactionId: row.id, type, amount, currency, balance, tradedAt: row.traded_at.toISOString() });
}
