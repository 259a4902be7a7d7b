import { findCurrency, formatDecimal, formatMoney, minimum, negate } from '../../money/index.ts';
import { formatDay } from '../../time/index.ts';
import type { Check } from '../check.ts';
import type { CashDay } from '../record.ts';

/** Days that ended with less than no cash. Of a run of such days the first is named. */
export const negativeCash: Check = {
  id: 'negative-cash',
  severity: 'medium',
  advice: 'Record the deposit that paid for it, or let the portfolio take cash as implied by its trades.',
  find: ({ cashDays }) => {
    const below = new Set<string>();
    return cashDays.flatMap((day, index) => {
      const { currency, on, balance } = day;
      const wasBelow = below.has(currency);
      if (balance >= 0n) below.delete(currency);
      else below.add(currency);
      if (balance >= 0n || wasBelow) return [];
      const shown = findCurrency(currency) === null ? `${formatDecimal(balance)} ${currency}` : formatMoney(balance, currency);
      const description = `Negative cash on ${formatDay(on)}: the balance fell to ${shown}.`;
      const fix = { kind: 'deposit', currency, on, amount: negate(lowestOfRun(cashDays.slice(index), day)) } as const;
      return [{ subject: `${currency} ${formatDay(on)}`, recordId: null, at: null, description, fix }];
    });
  },
};

/** Of the days below zero that begin with `first`: what was missing on the worst of them was missing from the first on. */
function lowestOfRun(days: readonly CashDay[], first: CashDay): CashDay['balance'] {
  let lowest = first.balance;
  for (const { currency, balance } of days) {
    if (currency !== first.currency) continue;
    if (balance >= 0n) break;
    lowest = minimum(lowest, balance);
  }
  return lowest;
}
