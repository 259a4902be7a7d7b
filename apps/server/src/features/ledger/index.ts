/** The ledger's rows: facts and their transfers, appended in the transaction of what caused them. */
export { insertFact, insertFacts, insertTransfers, NO_DETAILS, supersede } from './ledger-store.ts';
export type { FactDetails, NewFact, NewTransfer } from './ledger-store.ts';
export { transactionOf } from './stored-fact.ts';
export type { StoredFact } from './stored-fact.ts';
