/** What the holdings of a portfolio will pay, as the text of the answer. Runs on another thread. */
import { add, decimal, formatDecimal, multiply, ONE, roundMoney, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { forecastIncome } from '@holdfast/engine/portfolio';
import type { ExpectedIncome } from '@holdfast/engine/portfolio';
import { formatDay, monthName } from '@holdfast/engine/time';
import { readHistory } from './read-history.ts';
import type { ForecastInput } from './task-input.ts';

type Kind = ExpectedIncome['kind'];

export function forecastText(input: ForecastInput): string {
  const { baseCurrency, costMethod, cashMode, shorting, today, until } = input;
  const declared = new Map(
    Object.entries(input.declared).map(([instrument, actions]) => [
      instrument,
      actions.map((action) => ({ ...action, kind: 'cashDividend' as const, amountPerShare: decimal(action.amountPerShare) })),
    ]),
  );
  const rules = { baseCurrency, costMethod, cashMode, shorting };
  const expected = forecastIncome(rules, readHistory(input), { today, until, declared });
  const known = expected.map((income) => ({ income, base: baseAmount(input, income) }));
  const sumOf = (kind: Kind) => sum(known.map(({ income, base }) => (income.kind === kind ? (base ?? ZERO) : ZERO)));
  const months = new Map<string, Record<Kind, Decimal>>();
  for (const { income, base } of known) {
    const month = months.get(monthName(income.on)) ?? { declared: ZERO, projected: ZERO };
    months.set(monthName(income.on), { ...month, [income.kind]: add(month[income.kind], base ?? ZERO) });
  }
  return JSON.stringify({
    portfolioId: input.portfolioId,
    currency: baseCurrency,
    from: formatDay(today + 1),
    to: formatDay(until),
    total: formatDecimal(add(sumOf('declared'), sumOf('projected'))),
    declared: formatDecimal(sumOf('declared')),
    projected: formatDecimal(sumOf('projected')),
    months: [...months].map(([month, amounts]) => ({
      month,
      declared: formatDecimal(amounts.declared),
      projected: formatDecimal(amounts.projected),
    })),
    items: known.map(({ income, base }) => itemJson(income, { input, base })),
  });
}

/** Rounded as it would be posted, so that the list adds up to the sums. */
function baseAmount({ baseCurrency, latestRates }: ForecastInput, { amount, currency }: ExpectedIncome): Decimal | null {
  const rate = currency === baseCurrency ? ONE : latestRates[currency] === undefined ? null : decimal(latestRates[currency]);
  return rate === null ? null : roundMoney(multiply(amount, rate), baseCurrency);
}

function itemJson(income: ExpectedIncome, { input, base }: { readonly input: ForecastInput; readonly base: Decimal | null }) {
  const { symbol, name } = input.names[income.instrument] ?? { symbol: 'unknown', name: 'unknown' };
  return {
    kind: income.kind,
    symbol,
    name,
    exOn: income.exOn === null ? null : formatDay(income.exOn),
    on: formatDay(income.on),
    quantity: formatDecimal(income.quantity),
    amountPerShare: formatDecimal(income.amountPerShare),
    amount: formatDecimal(roundMoney(income.amount, income.currency)),
    currency: income.currency,
    baseAmount: base === null ? null : formatDecimal(base),
    basedOn: income.basedOn,
  };
}
