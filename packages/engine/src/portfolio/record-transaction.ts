import { cashEffect, type CostChange, type Exchange, type Transaction } from '../ledger/index.ts';
import {
  inBase,
  mergeLots,
  receiveLot,
  releaseLots,
  returnCapital,
  spinOffLots,
  splitLots,
  tradeLots,
  type LotChange,
  type LotMove,
  type LotRefusal,
} from '../lots/index.ts';
import { add, negate, ONE, subtract, sum, ZERO, type Decimal } from '../money/index.ts';
import { holdingFor, moveCash, type Contribution, type Holding, type PortfolioBook, type RecordRefusal } from './portfolio-book.ts';

/** What recording did: the change of lot costs, as the ledger's journal wants it, and the gains. */
export interface Recorded extends CostChange {
  readonly gains: LotChange['gains'];
}

/**
 * Records one transaction, which must not be earlier than the last one. A refusal leaves the book as it was.
 * Every figure in base currency is taken at the transaction's own rate.
 */
export function recordTransaction(book: PortfolioBook, transaction: Transaction): Recorded | RecordRefusal {
  const { baseCurrency } = book.rules;
  const { currency } = transaction;
  const baseRate = currency === baseCurrency ? ONE : transaction.baseRate;
  if (baseRate === undefined) return { code: 'no_exchange_rate', from: currency, to: baseCurrency };
  const step: Step = { book, transaction, base: (amount) => inBase(amount, baseRate) };
  switch (transaction.type) {
    case 'deposit':
    case 'withdrawal':
    case 'dividend':
    case 'interest':
    case 'fee':
    case 'tax':
      return recordMoney(step, transaction);
    case 'exchange':
      return recordExchange(step, transaction);
    case 'buy':
    case 'sell':
    case 'returnOfCapital':
    case 'split':
    case 'transferIn':
    case 'transferOut':
    case 'spinOff':
    case 'merger':
      return recordLots(step, transaction);
  }
}

interface Step {
  readonly book: PortfolioBook;
  readonly transaction: Transaction;
  readonly base: (amount: Decimal) => Decimal;
}

type OfType<Type extends Transaction['type']> = Extract<Transaction, { type: Type }>;
type MoneyTransaction = OfType<'deposit' | 'withdrawal' | 'dividend' | 'interest' | 'fee' | 'tax'>;
type LotTransaction = Exclude<Transaction, MoneyTransaction | Exchange>;
type Answer = { readonly change: LotChange | LotMove; readonly holding: Holding } | RecordRefusal;

const NOTHING: Recorded = { cost: ZERO, gains: [] };

function recordMoney(step: Step, transaction: MoneyTransaction): Recorded {
  const { base } = step;
  switch (transaction.type) {
    case 'deposit':
    case 'withdrawal': {
      const fee = base(transaction.fee);
      const amount = transaction.type === 'deposit' ? base(transaction.amount) : negate(base(transaction.amount));
      note(step, 'flows', amount);
      note(step, 'costs', fee);
      return settle(step, subtract(amount, fee));
    }
    case 'dividend':
    case 'interest': {
      const costs = add(base(transaction.fee), base(transaction.tax));
      note(step, 'income', base(transaction.amount));
      note(step, 'costs', costs);
      return settle(step, subtract(base(transaction.amount), costs));
    }
    case 'fee':
    case 'tax':
      note(step, 'costs', base(transaction.amount));
      return settle(step, negate(base(transaction.amount)));
  }
}

/** Where one side is the base currency, that side is the value of both; elsewhere the given side at its rate is. */
function recordExchange(step: Step, transaction: Exchange): Recorded {
  const { book, base } = step;
  const value = transaction.counterCurrency === book.rules.baseCurrency ? transaction.counterAmount : base(transaction.amount);
  const fee = base(transaction.fee);
  note(step, 'costs', fee);
  if (book.rules.cashMode === 'implied') {
    note(step, 'flows', fee);
    return NOTHING;
  }
  moveCash(book, transaction.currency, { amount: cashEffect(transaction), baseAmount: negate(add(value, fee)) });
  moveCash(book, transaction.counterCurrency, { amount: transaction.counterAmount, baseAmount: value });
  return NOTHING;
}

function recordLots(step: Step, transaction: LotTransaction): Recorded | RecordRefusal {
  const { book } = step;
  const opens = !book.holdings.has(transaction.instrument);
  const answer = changeLots(step, transaction);
  if ('code' in answer) {
    if (opens) book.holdings.delete(transaction.instrument);
    return answer;
  }
  const { change, holding } = answer;
  for (const gain of change.gains) {
    book.gains.push(gain);
    holding.realizedGain = add(holding.realizedGain, gain.gain);
    holding.baseRealizedGain = add(holding.baseRealizedGain, gain.baseGain);
  }
  return { cost: change.cost, gains: change.gains, ...('newCost' in change ? { newCost: change.newCost } : {}) };
}

function changeLots(step: Step, transaction: LotTransaction): Answer {
  const { book, base } = step;
  const { id, tradedOn: on, instrument, currency } = transaction;
  const holding = holdingFor(book, instrument, currency);
  if ('code' in holding) return holding;
  const { lots } = holding;
  const received = (amount: Decimal) => ({ id, on, amount, baseAmount: base(amount) });
  switch (transaction.type) {
    case 'buy':
    case 'sell': {
      const cash = cashEffect(transaction);
      const baseCash = base(cash);
      const buying = transaction.type === 'buy';
      const change = tradeLots(lots, {
        id,
        on,
        side: transaction.type,
        quantity: transaction.quantity,
        amount: buying ? negate(cash) : cash,
        baseAmount: buying ? negate(baseCash) : baseCash,
        lots: transaction.lots,
      });
      return settled(step, holding, { change, baseCash });
    }
    case 'returnOfCapital': {
      const costs = add(base(transaction.fee), base(transaction.tax));
      const change = returnCapital(lots, received(transaction.amount));
      if (!('code' in change)) note(step, 'costs', costs);
      return settled(step, holding, { change, baseCash: subtract(base(transaction.amount), costs) });
    }
    case 'split': {
      const paid = transaction.cashInLieu === ZERO ? undefined : received(transaction.cashInLieu);
      return settled(step, holding, { change: splitLots(lots, transaction, paid), baseCash: base(transaction.cashInLieu) });
    }
    case 'transferIn': {
      const baseCost = transaction.baseCost ?? base(transaction.cost);
      if (transaction.quantity <= 0n) return { code: 'quantity_not_positive', asked: transaction.quantity };
      receiveLot(lots, { id, acquiredOn: transaction.acquiredOn ?? on, quantity: transaction.quantity, cost: transaction.cost, baseCost });
      note(step, 'flows', baseCost);
      return { change: { cost: transaction.cost, baseCost, gains: [] }, holding };
    }
    case 'transferOut': {
      const released = releaseLots(lots, transaction.quantity, transaction.lots);
      if ('code' in released) return released;
      const cost = negate(sum(released.lots.map((lot) => lot.cost)));
      const baseCost = negate(sum(released.lots.map((lot) => lot.baseCost)));
      note(step, 'flows', baseCost);
      holding.baseTransferredOut = subtract(holding.baseTransferredOut, baseCost);
      return { change: { cost, baseCost, gains: [] }, holding };
    }
    case 'spinOff':
    case 'merger':
      return reorganize(step, transaction, holding);
  }
}

function reorganize(step: Step, transaction: OfType<'spinOff' | 'merger'>, holding: Holding): Answer {
  const { book, base } = step;
  const { newInstrument } = transaction;
  if (newInstrument === transaction.instrument) return { code: 'same_instrument', instrument: newInstrument };
  const opens = newInstrument !== null && !book.holdings.has(newInstrument);
  const target = newInstrument === null ? null : holdingFor(book, newInstrument, transaction.currency);
  if (target !== null && 'code' in target) return target;
  const change = moveLots(step, transaction, { from: holding, to: target });
  if ('code' in change && opens) book.holdings.delete(newInstrument);
  return settled(step, holding, { change, baseCash: transaction.type === 'merger' ? base(transaction.amount) : ZERO });
}

function moveLots(
  { base }: Step,
  transaction: OfType<'spinOff' | 'merger'>,
  { from, to }: { readonly from: Holding; readonly to: Holding | null },
): LotMove | LotRefusal {
  const { id, tradedOn: on, quantity } = transaction;
  if (transaction.type === 'merger') {
    return mergeLots(from.lots, to?.lots ?? null, { id, on, quantity, amount: transaction.amount, baseAmount: base(transaction.amount) });
  }
  return to === null ? { code: 'nothing_held' } : spinOffLots(from.lots, to.lots, { id, quantity, costShare: transaction.costShare });
}

function settled(
  step: Step,
  holding: Holding,
  done: { readonly change: LotChange | LotMove | LotRefusal; readonly baseCash: Decimal },
): Answer {
  if ('code' in done.change) return done.change;
  settle(step, done.baseCash);
  return { change: done.change, holding };
}

/** Moves the transaction's cash; where cash is implied, it comes from and goes to the owner instead. */
function settle(step: Step, baseAmount: Decimal): Recorded {
  const { book, transaction } = step;
  if (book.rules.cashMode === 'implied') note(step, 'flows', negate(baseAmount));
  else moveCash(book, transaction.currency, { amount: cashEffect(transaction), baseAmount });
  return NOTHING;
}

function note(step: Step, kind: 'flows' | 'income' | 'costs', amount: Decimal): void {
  const { book, transaction } = step;
  if (amount === ZERO) return;
  const instrument = 'instrument' in transaction ? (transaction.instrument ?? null) : null;
  const contribution: Contribution = { transactionId: transaction.id, on: transaction.tradedOn, instrument, amount };
  book[kind].push(contribution);
  const holding = instrument === null ? undefined : book.holdings.get(instrument);
  if (holding === undefined) return;
  if (kind === 'income') holding.baseIncome = add(holding.baseIncome, amount);
  if (kind === 'costs') holding.baseCosts = add(holding.baseCosts, amount);
}
