import type { Contribution, PortfolioBook } from './portfolio-book.ts';
import { ONE, ZERO } from '../money/index.ts';
import { derived, given, type Trail } from './trail.ts';
import type { CashValue, PositionValue, Valuation } from './valuation.ts';

/** The figures of a valuation that can be explained. */
export type ExplainedFigure =
  | 'totalValue'
  | 'marketValue'
  | 'cashValue'
  | 'costBasis'
  | 'investedCapital'
  | 'realizedGain'
  | 'unrealizedGain'
  | 'income'
  | 'cashCurrencyGain'
  | 'costs'
  | 'netGain'
  | 'simpleReturn';

/** The trail of a figure down to transactions, prices and rates; null where the figure itself is null (a return on nothing). */
export function explain(book: PortfolioBook, valuation: Valuation, figure: ExplainedFigure): Trail | null {
  // A short sale that a transfer came in against may leave a cost without a quantity; it counts in the value, so it is told.
  const held = valuation.positions.filter(({ quantity, baseCostBasis }) => quantity !== ZERO || baseCostBasis !== ZERO);
  const part = (name: ExplainedFigure): Trail => explain(book, valuation, name) ?? derived(name, 'sum', { inputs: [] });
  switch (figure) {
    case 'totalValue':
      return derived(figure, 'sum', { inputs: [part('marketValue'), part('cashValue')] });
    case 'marketValue':
      return derived(figure, 'sum', { inputs: held.map(marketValueOf) });
    case 'cashValue':
      return derived(figure, 'sum', { inputs: valuation.cash.map(cashValueOf) });
    case 'costBasis':
      return derived(figure, 'sum', { inputs: held.map(costBasisOf) });
    case 'investedCapital':
    case 'income':
    case 'costs':
      return derived(figure, 'sum', { inputs: contributionsOf(book, figure).map((contribution) => contributed(figure, contribution)) });
    case 'realizedGain':
      return derived(figure, 'sum', { inputs: book.gains.map(gainTrail) });
    case 'unrealizedGain':
      return derived(figure, 'difference', { inputs: [part('marketValue'), part('costBasis')] });
    case 'cashCurrencyGain':
      return derived(figure, 'sum', { inputs: valuation.cash.map(cashGainOf) });
    case 'netGain': {
      const gains = derived('gains', 'sum', {
        inputs: [part('realizedGain'), part('unrealizedGain'), part('income'), part('cashCurrencyGain')],
      });
      return derived(figure, 'difference', { inputs: [gains, part('costs')] });
    }
    case 'simpleReturn': {
      if (valuation.putIn === ZERO) return null;
      const flows = book.flows.filter(({ amount }) => amount > 0n);
      const putIn = derived('putIn', 'sum', { inputs: flows.map((flow) => contributed('putIn', flow)) });
      return derived(figure, 'quotient', { inputs: [part('netGain'), putIn] });
    }
  }
}

function contributionsOf(book: PortfolioBook, figure: 'investedCapital' | 'income' | 'costs'): readonly Contribution[] {
  return figure === 'investedCapital' ? book.flows : book[figure];
}

function contributed(figure: string, { amount, transactionId }: Contribution): Trail {
  return given(figure, amount, { kind: 'transaction', transactionId });
}

function gainTrail(gain: PortfolioBook['gains'][number]): Trail {
  const { transactionId, lotId } = gain;
  const source = { kind: 'transaction', transactionId, lotId } as const;
  const inputs = [given('proceeds', gain.baseProceeds, source), given('cost', gain.baseCost, source)];
  return derived('realizedGain', 'difference', { subject: lotId, inputs });
}

function marketValueOf(position: PositionValue): Trail {
  const { instrument, quantity, price, baseRate, currency } = position;
  if (price === null || baseRate === null) return costBasisOf(position);
  const inputs = [given('quantity', quantity, { kind: 'position', instrument }), given('price', price, { kind: 'price', instrument })];
  if (baseRate !== ONE) inputs.push(given('baseRate', baseRate, { kind: 'rate', currency }));
  return derived('marketValue', 'product', { subject: instrument, inputs });
}

function costBasisOf({ instrument, lots }: PositionValue): Trail {
  const inputs = lots.map(({ id, baseCost }) => given('cost', baseCost, { kind: 'lot', instrument, lotId: id }));
  return derived('costBasis', 'sum', { subject: instrument, inputs });
}

function cashValueOf({ currency, balance, baseRate, baseCost }: CashValue): Trail {
  const source = { kind: 'rate', currency } as const;
  if (baseRate === null) return derived('cashValue', 'sum', { subject: currency, inputs: [given('cost', baseCost, source)] });
  return derived('cashValue', 'product', {
    subject: currency,
    inputs: [given('balance', balance, source), given('baseRate', baseRate, source)],
  });
}

function cashGainOf(cash: CashValue): Trail {
  const cost = given('cost', cash.baseCost, { kind: 'rate', currency: cash.currency });
  return derived('cashCurrencyGain', 'difference', { subject: cash.currency, inputs: [cashValueOf(cash), cost] });
}
