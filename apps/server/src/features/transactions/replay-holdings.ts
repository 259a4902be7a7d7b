/** Replays what happened to a few instruments through the engine: the holdings it makes, and what each fact did to the cost. */
import { lotsOf } from '@holdfast/engine/lots';
import type { Lot } from '@holdfast/engine/lots';
import type { CostChange, Transaction } from '@holdfast/engine/ledger';
import { formatDecimal, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { openPortfolioBook, recordTransaction } from '@holdfast/engine/portfolio';
import type { PortfolioRules, RecordRefusal } from '@holdfast/engine/portfolio';
import { formatDay } from '@holdfast/engine/time';
import { AppError } from '../../platform/http/index.ts';
import { invalid } from './input-figures.ts';

export interface ReplayedHolding {
  readonly quantity: Decimal;
  readonly costBasis: Decimal;
  readonly baseCost: Decimal;
  readonly realizedGain: Decimal;
  readonly baseTransferredOut: Decimal;
  /** Null under average cost, where shares are pooled. */
  readonly lots: readonly Lot[] | null;
}

export interface Replay {
  /** By instrument as the facts name it; those that were never held are not among them. */
  readonly holdings: ReadonlyMap<string, ReplayedHolding>;
  /** By transaction: what it did to the cost of lots, and what it gained where it can gain. */
  readonly changes: ReadonlyMap<string, CostChange & { readonly gain: Decimal | null }>;
}

const GAINING: readonly Transaction['type'][] = ['sell', 'returnOfCapital', 'split', 'merger'];

/** Facts oldest first. Throws an AppError naming the first that cannot be. `nameOf` gives an instrument's symbol. */
export function replayHoldings(facts: readonly Transaction[], rules: PortfolioRules, nameOf: (instrument: string) => string): Replay {
  const book = openPortfolioBook(rules);
  const changes = new Map<string, CostChange & { gain: Decimal | null }>();
  for (const fact of facts) {
    const done = recordTransaction(book, fact);
    if ('code' in done) throw refused(done, fact, nameOf);
    const { gains, ...change } = done;
    changes.set(fact.id, { ...change, gain: GAINING.includes(fact.type) ? sum(gains.map(({ gain }) => gain)) : null });
  }
  const holdings = new Map<string, ReplayedHolding>();
  for (const [instrument, { lots, realizedGain, baseTransferredOut }] of book.holdings) {
    const kept = rules.costMethod === 'average' ? null : lotsOf(lots);
    const { quantity, cost: costBasis, baseCost } = lots;
    holdings.set(instrument, { quantity, costBasis, baseCost, realizedGain, baseTransferredOut, lots: kept });
  }
  return { holdings, changes };
}

export const NOTHING_REPLAYED: ReplayedHolding = {
  ...{ quantity: ZERO, costBasis: ZERO, baseCost: ZERO, realizedGain: ZERO },
  ...{ baseTransferredOut: ZERO, lots: null },
};

function refused(refusal: RecordRefusal, fact: Transaction, nameOf: (instrument: string) => string): AppError {
  const day = formatDay(fact.tradedOn);
  const symbol = 'instrument' in fact && fact.instrument !== undefined ? nameOf(fact.instrument) : '';
  switch (refusal.code) {
    case 'insufficient_quantity':
    case 'insufficient_lot': {
      const [needed, available] = [formatDecimal(refusal.asked), formatDecimal(refusal.held)];
      const what = refusal.code === 'insufficient_lot' ? `${symbol} of lot ${refusal.lotId}` : symbol;
      return new AppError(
        'insufficient_position',
        `On ${day} ${needed} ${what} would ${fact.type === 'sell' ? 'be sold' : 'leave'} and ${available} were held. Record the purchase first, or lower the quantity.`,
        { needed, available },
      );
    }
    case 'nothing_held':
      return new AppError(
        'insufficient_position',
        `On ${day} no ${symbol} was held, so a ${fact.type} has nothing to act on. Record the purchase first.`,
      );
    case 'lots_not_selectable':
      return invalid('lots', `can be named under the cost method specific, and the portfolio's is ${refusal.method}`);
    case 'unknown_lot':
      return invalid('lots', `name ${refusal.lotId}, which is no open lot of ${symbol} on ${day}`);
    case 'lots_do_not_sum':
      return invalid('lots', `add up to ${formatDecimal(refusal.chosen)}, and ${formatDecimal(refusal.asked)} are asked for`);
    case 'quantity_not_positive':
      return invalid('quantity', 'must be more than 0');
    case 'no_fraction':
      return invalid('amount', `pays for a fraction of a share on ${day}, and the split of ${symbol} leaves none`);
    case 'currency_mismatch':
      return invalid('currency', `must be ${refusal.expected}: ${symbol} is kept in it`);
    case 'no_exchange_rate':
      return new AppError(
        'no_exchange_rate',
        `There is no exchange rate from ${refusal.from} to ${refusal.to} on ${day}. Give the one that was paid as baseRate.`,
      );
    case 'same_instrument':
      return invalid('newSymbol', 'must differ from symbol');
  }
}
