/**
 * The ledger: where every amount of a portfolio comes from and goes to.
 *
 * A *transaction* is a dated fact (a purchase, a dividend). A *transfer* is one row: an amount of one currency that debits one
 * *account* and credits another, so the sum over all accounts of a currency is always zero. The *journal* says which transfers a
 * transaction gives. A *balance* is debits less credits; it is derived and can always be added up again.
 *
 * Worked example: deposit 1,000; buy 10 shares for 500 and a fee of 2; sell 4 of them for 240 and a fee of 2.
 * The lots cost 502, so the 4 cost 200.80 and bring 238: a gain of 37.20.
 *
 *     deposit   cash             from external      1,000.00
 *     buy       securities:ACME  from cash            502.00
 *     sell      cash             from securities:ACME 200.80
 *     sell      cash             from realizedGain     37.20
 *
 * Cash is 1,000 - 502 + 238 = 736, the shares cost 301.20, the owner brought 1,000 and 37.20 were gained: 736 + 301.20 = 1,037.20.
 */
export { accountKind, instrumentOfAccount, normalSide, securitiesAccount, type AccountKind, type LedgerAccount } from './account.ts';
export { balancesOf, naturalBalance, post, trialBalance, type Balances } from './balance.ts';
export { cashEffect } from './cash-effect.ts';
export { journal, NO_COST_CHANGE, realizedGainOf, type CashMode, type CostChange } from './journal.ts';
export {
  type CashMove,
  type Charge,
  type Dividend,
  type Exchange,
  type Interest,
  type InstrumentId,
  type LotChoice,
  type Merger,
  type ReturnOfCapital,
  type SpinOff,
  type Split,
  type Trade,
  type Transaction,
  type TransactionType,
  type TransferIn,
  type TransferOut,
} from './transaction.ts';
export { LedgerError, pairEntries, type Entry, type Transfer } from './transfer.ts';
