/** The figures of what changes holdings without being a trade: splits, transfers, spin-offs, mergers. */
import { formatDecimal, isZero, multiplyMoney, ONE, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { dayOfInstant, formatDay, parseDay } from '@holdfast/engine/time';
import { offsetMinutes } from '../../platform/time-zone.ts';
import { NO_DETAILS } from '../ledger/index.ts';
import type { FactDetails } from '../ledger/index.ts';
import { invalid, notNegative, positive, posted } from './input-figures.ts';
import type { DraftContext, Figures, TransactionInput } from './draft.ts';

const HELD_KINDS = ['split', 'transferIn', 'transferOut', 'spinOff', 'merger'] as const;
type HeldKind = (typeof HELD_KINDS)[number];

export function isHeldKind(type: string): type is HeldKind {
  return HELD_KINDS.some((kind) => kind === type);
}

interface HeldContext extends DraftContext {
  readonly currency: string;
  readonly tradedAt: Date;
}

export function heldFigures(type: HeldKind, input: TransactionInput, context: HeldContext): Figures {
  const { currency } = context;
  switch (type) {
    case 'split': {
      const [newShares, oldShares] = [positive(input.newShares, 'newShares'), positive(input.oldShares, 'oldShares')];
      if (newShares === oldShares) throw invalid('newShares', 'must differ from oldShares');
      const details = { ...NO_DETAILS, new_shares: formatDecimal(newShares), old_shares: formatDecimal(oldShares) };
      return { quantity: null, price: null, amount: posted(notNegative(input.amount, 'amount'), 'amount', currency), details };
    }
    case 'transferIn':
      return transferredIn(input, context);
    case 'transferOut': {
      const quantity = positive(input.quantity, 'quantity');
      return { quantity, price: null, amount: ZERO, details: { ...NO_DETAILS, lots: chosenLots(input, quantity) } };
    }
    case 'spinOff': {
      const costShare = notNegative(input.costShare, 'costShare');
      if (input.costShare === undefined)
        throw invalid('costShare', 'is required for a spinOff: the share of the cost that goes along, 0 to 1');
      if (costShare > ONE) throw invalid('costShare', 'is a share from 0 to 1');
      const details = { ...NO_DETAILS, ...received(context), cost_share: formatDecimal(costShare) };
      return { quantity: positive(input.quantity, 'quantity'), price: null, amount: ZERO, details };
    }
    case 'merger': {
      const amount = posted(notNegative(input.amount, 'amount'), 'amount', currency);
      if (input.newSymbol === undefined) {
        if (isZero(amount)) throw invalid('amount', 'or newSymbol with quantity is required for a merger');
        if (input.quantity !== undefined) throw invalid('quantity', 'is of newSymbol, which is missing');
        return { quantity: null, price: null, amount, details: NO_DETAILS };
      }
      return { quantity: positive(input.quantity, 'quantity'), price: null, amount, details: { ...NO_DETAILS, ...received(context) } };
    }
  }
}

function transferredIn(input: TransactionInput, context: HeldContext): Figures {
  const { currency, baseCurrency, timeZone, tradedAt } = context;
  const quantity = positive(input.quantity, 'quantity');
  if (input.price !== undefined && input.amount !== undefined) throw invalid('price', 'or amount says the cost, not both');
  if (input.price === undefined && input.amount === undefined)
    throw invalid('amount', 'is required for a transferIn: what the holding cost elsewhere');
  const price = input.price === undefined ? null : notNegative(input.price, 'price');
  const amount =
    price === null ? posted(notNegative(input.amount, 'amount'), 'amount', currency) : multiplyMoney(quantity, price, currency);
  const baseCost = input.baseCost === undefined ? null : posted(notNegative(input.baseCost, 'baseCost'), 'baseCost', baseCurrency);
  if (baseCost !== null && currency === baseCurrency && baseCost !== amount)
    throw invalid('baseCost', 'must be the amount, which is in the base currency');
  const arrivedOn = dayOfInstant(tradedAt.getTime(), offsetMinutes(timeZone, tradedAt.getTime()));
  const acquiredOn = input.acquiredOn === undefined ? null : parseDay(input.acquiredOn);
  if (input.acquiredOn !== undefined && acquiredOn === null) throw invalid('acquiredOn', 'is not a day of the calendar');
  if (acquiredOn !== null && acquiredOn > arrivedOn) throw invalid('acquiredOn', 'is after the transfer');
  const base = {
    base_cost: baseCost === null ? null : formatDecimal(baseCost),
    acquired_on: acquiredOn === null ? null : formatDay(acquiredOn),
  };
  return { quantity, price, amount, details: { ...NO_DETAILS, ...base } };
}

/** The instrument that is received; it keeps its cost in the same currency. */
function received({ instrument, newInstrument, currency }: HeldContext): Pick<FactDetails, 'new_instrument_key'> {
  if (newInstrument === null) throw invalid('newSymbol', 'is required: what is received');
  if (newInstrument.key === instrument?.key) throw invalid('newSymbol', 'must differ from symbol');
  if (newInstrument.currency !== currency)
    throw invalid('newSymbol', `is in ${newInstrument.currency}, and the cost that goes along is in ${currency}`);
  return { new_instrument_key: newInstrument.key };
}

/** Lots that a sale or transfer names, which must be all of it; null when it names none. */
export function chosenLots({ lots }: TransactionInput, quantity: Decimal): FactDetails['lots'] {
  if (lots === undefined) return null;
  const chosen = lots.map((lot, index) => ({ lotId: lot.lotId, quantity: positive(lot.quantity, `lots[${index}].quantity`) }));
  const total = sum(chosen.map((lot) => lot.quantity));
  if (total !== quantity) throw invalid('lots', `add up to ${formatDecimal(total)}, and quantity is ${formatDecimal(quantity)}`);
  return chosen.map((lot) => ({ lotId: lot.lotId, quantity: formatDecimal(lot.quantity) }));
}
