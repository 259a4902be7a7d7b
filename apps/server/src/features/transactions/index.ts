/** Transactions: the dated facts of portfolios, recorded, corrected, taken back, searched. */
export type { TransactionInput, TransactionKind } from './draft.ts';
export { listTransactions } from './list-transactions.ts';
export { correctTransaction, recordTransaction, recordTransactions, reverseTransaction } from './record-transaction.ts';
export type { Recording, TransactionNeeds } from './record-transaction.ts';
export { compileTransactions, countPurchases, findPurchases } from './transaction-store.ts';
export { bindTransactionRoutes } from './transaction-routes.ts';
export { fieldsOf } from './transaction-input.ts';
export { recountHoldings } from './rebuild-holdings.ts';
