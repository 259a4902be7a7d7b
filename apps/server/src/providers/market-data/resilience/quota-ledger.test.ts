import { fixedClock } from '../../../testing/fixed-clock.ts';
import { memoryQuotaLedger } from './quota-ledger.ts';
import { quotaLedgerSuite } from './quota-ledger-suite.ts';

quotaLedgerSuite('in memory', () => {
  const clock = fixedClock('2026-01-05T14:30:00Z');
  return { clock, ledger: memoryQuotaLedger(clock) };
});
