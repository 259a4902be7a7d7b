/** Resting orders of one instrument, sorted by what they wait for: a price finds those it reaches without looking at the others. */
import type { Decimal } from '../money/index.ts';
import { stopOf, type Order, type Side } from '../orders/index.ts';
import { PriceLadder } from './price-ladder.ts';
import { TrailLadder, type TrailUnit } from './trail-ladder.ts';

/** What an order waits for: the other side of the market at its limit (null: any), the last price at its stop, or a trailing stop. */
type Wait =
  | { readonly on: 'limit'; readonly price: Decimal | null }
  | { readonly on: 'stop'; readonly price: Decimal }
  | { readonly on: 'trail'; readonly unit: TrailUnit; readonly by: Decimal; readonly mark: Decimal };

export interface RestingOrder {
  readonly id: string;
  readonly portfolioId: string;
  readonly side: Side;
  /** Among orders that a quote reaches at one price, the smaller goes first. */
  readonly priority: string;
  readonly wait: Wait;
}

/** What an open order waits for now. */
export function waitOf(order: Pick<Order, 'side' | 'limitPrice' | 'terms'>): Wait {
  const stop = stopOf(order);
  const { terms } = order;
  if (stop === null || terms === null) return { on: 'limit', price: order.limitPrice };
  if (terms.mark !== null && terms.trailAmount !== null) return { on: 'trail', unit: 'amount', by: terms.trailAmount, mark: terms.mark };
  if (terms.mark !== null && terms.trailPercent !== null) return { on: 'trail', unit: 'percent', by: terms.trailPercent, mark: terms.mark };
  return { on: 'stop', price: stop };
}

interface SideOfBook {
  readonly limits: PriceLadder;
  readonly stops: PriceLadder;
  readonly amounts: TrailLadder;
  readonly percents: TrailLadder;
}

export interface Touch {
  readonly bid: Decimal;
  readonly ask: Decimal;
  readonly last: Decimal;
}

/** A quote costs the logarithm of the number of orders and what it reaches, for every kind of order. */
export class TriggerBook {
  readonly #buys: SideOfBook = {
    limits: new PriceLadder('highest'),
    stops: new PriceLadder('lowest'),
    amounts: new TrailLadder('buy', 'amount'),
    percents: new TrailLadder('buy', 'percent'),
  };
  readonly #sales: SideOfBook = {
    limits: new PriceLadder('lowest'),
    stops: new PriceLadder('highest'),
    amounts: new TrailLadder('sell', 'amount'),
    percents: new TrailLadder('sell', 'percent'),
  };
  readonly #known = new Map<string, RestingOrder>();

  get size(): number {
    return this.#known.size;
  }

  add(order: RestingOrder): void {
    if (this.#known.has(order.id)) return;
    this.#known.set(order.id, order);
    const { wait } = order;
    const side = this.#sideOf(order.side);
    if (wait.on === 'trail') trailsOf(side, wait.unit).add({ id: order.id, by: wait.by }, wait.mark);
    else ladderOf(side, wait).add({ id: order.id, price: wait.price, priority: order.priority });
  }

  remove({ id }: Pick<RestingOrder, 'id'>): void {
    const order = this.#known.get(id);
    if (order === undefined) return;
    this.#known.delete(id);
    const { wait } = order;
    const side = this.#sideOf(order.side);
    if (wait.on === 'trail') trailsOf(side, wait.unit).remove({ id, by: wait.by });
    else ladderOf(side, wait).remove({ id, price: wait.price, priority: order.priority });
  }

  /**
   * Orders that a quote reaches: buys whose limit is at or above the ask, sales whose limit is at or below the bid, and stops that the
   * last price has reached, trailing ones after their marks have followed it. The best price first within each kind.
   */
  reachedBy(quote: Touch): readonly RestingOrder[] {
    const { bid, ask, last } = quote;
    const ids = [...this.#reached(this.#buys, ask, last), ...this.#reached(this.#sales, bid, last)];
    return ids.flatMap((id) => this.#known.get(id) ?? []);
  }

  #reached({ limits, stops, amounts, percents }: SideOfBook, touch: Decimal, last: Decimal): readonly string[] {
    const stopped = [...stops.reachedBy(last), ...amounts.hear(last), ...percents.hear(last)];
    return stopped.length === 0 ? limits.reachedBy(touch) : [...limits.reachedBy(touch), ...stopped];
  }

  /** The best price that a trailing stop has followed; null for other orders. */
  markOf({ id, side }: Pick<RestingOrder, 'id' | 'side'>): Decimal | null {
    const { amounts, percents } = this.#sideOf(side);
    return amounts.markOf(id) ?? percents.markOf(id);
  }

  /** The marks that have moved since they were last taken. */
  takeMoved(): readonly { readonly order: RestingOrder; readonly mark: Decimal }[] {
    const ladders = [this.#buys.amounts, this.#buys.percents, this.#sales.amounts, this.#sales.percents];
    return ladders
      .flatMap((ladder) => ladder.takeMoved())
      .flatMap(({ id, mark }) => {
        const order = this.#known.get(id);
        return order === undefined ? [] : [{ order, mark }];
      });
  }

  #sideOf(side: Side): SideOfBook {
    return side === 'buy' ? this.#buys : this.#sales;
  }
}

function ladderOf({ limits, stops }: SideOfBook, { on }: Wait): PriceLadder {
  return on === 'stop' ? stops : limits;
}

function trailsOf({ amounts, percents }: SideOfBook, unit: TrailUnit): TrailLadder {
  return unit === 'amount' ? amounts : percents;
}
