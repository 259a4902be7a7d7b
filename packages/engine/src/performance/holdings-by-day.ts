import type { InstrumentId, Transaction } from '../ledger/index.ts';
import { add, floorToStep, ONE, prorate, subtract, toNumber, ZERO, type CurrencyCode, type Decimal } from '../money/index.ts';

/**
 * How the holding of one instrument changed, as parallel lists by event. Quantities are added up exactly and become numbers only when
 * they are listed, so that a position that was sold out is zero and not dust.
 */
export interface HoldingTrack {
  readonly instrument: InstrumentId;
  readonly currency: CurrencyCode;
  quantity: Decimal;
  /** The price of the last trade, for days on which no close is known. */
  tradePrice: number;
  readonly atIndex: number[];
  readonly quantities: number[];
  readonly tradePrices: number[];
  /** Quantity that came from or went to elsewhere in this event, signed. */
  readonly transferred: number[];
}

export type HoldingTracks = Map<InstrumentId, HoldingTrack>;

/** Notes what a transaction does to quantities on the day with this index. */
export function trackHolding(tracks: HoldingTracks, transaction: Transaction, index: number): void {
  switch (transaction.type) {
    case 'buy':
    case 'sell': {
      const track = trackOf(tracks, transaction.instrument, transaction.currency);
      if (transaction.quantity > 0n) track.tradePrice = toNumber(transaction.amount) / toNumber(transaction.quantity);
      const { quantity } = transaction;
      return list(track, index, {
        quantity: transaction.type === 'buy' ? add(track.quantity, quantity) : subtract(track.quantity, quantity),
      });
    }
    case 'transferIn': {
      const track = trackOf(tracks, transaction.instrument, transaction.currency);
      const { quantity } = transaction;
      if (track.atIndex.length === 0 && quantity > 0n) track.tradePrice = toNumber(transaction.cost) / toNumber(quantity);
      return list(track, index, { quantity: add(track.quantity, quantity), transferred: toNumber(quantity) });
    }
    case 'transferOut': {
      const track = trackOf(tracks, transaction.instrument, transaction.currency);
      const { quantity } = transaction;
      return list(track, index, { quantity: subtract(track.quantity, quantity), transferred: -toNumber(quantity) });
    }
    case 'split': {
      const track = trackOf(tracks, transaction.instrument, transaction.currency);
      const { newShares, oldShares, cashInLieu } = transaction;
      track.tradePrice *= toNumber(oldShares) / toNumber(newShares);
      const quantity = prorate(track.quantity, { part: newShares, whole: oldShares });
      return list(track, index, { quantity: cashInLieu === ZERO ? quantity : floorToStep(quantity, ONE) });
    }
    case 'spinOff':
    case 'merger': {
      const track = trackOf(tracks, transaction.instrument, transaction.currency);
      if (transaction.type === 'merger') list(track, index, { quantity: ZERO });
      if (transaction.newInstrument === null) return;
      const received = trackOf(tracks, transaction.newInstrument, transaction.currency);
      return list(received, index, { quantity: add(received.quantity, transaction.quantity) });
    }
    case 'deposit':
    case 'withdrawal':
    case 'dividend':
    case 'interest':
    case 'fee':
    case 'tax':
    case 'exchange':
    case 'returnOfCapital':
      return;
  }
}

function trackOf(tracks: HoldingTracks, instrument: InstrumentId, currency: CurrencyCode): HoldingTrack {
  const found = tracks.get(instrument);
  if (found !== undefined) return found;
  const opened: HoldingTrack = {
    instrument,
    currency,
    quantity: ZERO,
    tradePrice: 0,
    atIndex: [],
    quantities: [],
    tradePrices: [],
    transferred: [],
  };
  tracks.set(instrument, opened);
  return opened;
}

function list(
  track: HoldingTrack,
  index: number,
  { quantity, transferred = 0 }: { readonly quantity: Decimal; readonly transferred?: number },
): void {
  track.quantity = quantity;
  track.atIndex.push(index);
  track.quantities.push(toNumber(quantity));
  track.tradePrices.push(track.tradePrice);
  track.transferred.push(transferred);
}
