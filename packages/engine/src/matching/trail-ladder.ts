/**
 * Trailing stops of one side of one instrument. Orders with the same mark are one group, sorted by how far they trail: a new best price
 * moves whole groups and not their orders, and groups that meet become one, the smaller joining the larger. Prices of purchases are
 * kept with their sign turned, so that for both sides a mark only rises and a stop is reached from above.
 */
import { decimalFromInteger, divideRounded, multiply } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import type { Side } from '../orders/index.ts';

/** What a group's orders trail by: an amount of money, or a percentage of the mark. */
export type TrailUnit = 'amount' | 'percent';

interface TrailingOrder {
  readonly id: string;
  readonly by: Decimal;
}

interface Group {
  mark: bigint;
  /** The nearest at the end. */
  readonly orders: TrailingOrder[];
}

const HUNDRED = decimalFromInteger(100);

export class TrailLadder {
  readonly #sign: bigint;
  readonly #unit: TrailUnit;
  /** By mark, the lowest at the end: a new best price takes groups from there. */
  readonly #groups: Group[] = [];
  /** The same groups by their nearest stop, the highest at the end: a price finds those it reaches there. */
  readonly #byStop: Group[] = [];
  readonly #groupOf = new Map<string, Group>();
  readonly #moved = new Set<Group>();

  constructor(side: Side, unit: TrailUnit) {
    this.#sign = side === 'sell' ? 1n : -1n;
    this.#unit = unit;
  }

  get size(): number {
    return this.#groupOf.size;
  }

  add(order: TrailingOrder, mark: Decimal): void {
    const signed = mark * this.#sign;
    const at = firstIndex(this.#groups, (group) => group.mark <= signed);
    const known = this.#groups[at];
    const group = known?.mark === signed ? known : { mark: signed, orders: [] };
    if (group === known) this.#unlist(group);
    else this.#groups.splice(at, 0, group);
    insert(group, order);
    this.#groupOf.set(order.id, group);
    this.#list(group);
  }

  remove(order: TrailingOrder): void {
    const group = this.#groupOf.get(order.id);
    if (group === undefined) return;
    this.#groupOf.delete(order.id);
    this.#unlist(group);
    const from = firstIndex(group.orders, ({ by }) => by <= order.by);
    const at = group.orders.findIndex(({ id }, index) => index >= from && id === order.id);
    if (at >= 0) group.orders.splice(at, 1);
    if (group.orders.length > 0) return this.#list(group);
    this.#groups.splice(
      firstIndex(this.#groups, ({ mark }) => mark <= group.mark),
      1,
    );
    this.#moved.delete(group);
  }

  markOf(id: string): Decimal | null {
    const group = this.#groupOf.get(id);
    return group === undefined ? null : ((group.mark * this.#sign) as Decimal);
  }

  /** Lets marks follow a price, and answers the orders whose stop it reaches, the nearest first within a group. */
  hear(last: Decimal): readonly string[] {
    const price = last * this.#sign;
    this.#raise(price);
    const reached: string[] = [];
    for (let at = this.#byStop.length - 1; at >= 0; at -= 1) {
      const group = this.#byStop[at];
      if (group === undefined || this.#nearestStop(group) < price) break;
      for (let index = group.orders.length - 1; index >= 0; index -= 1) {
        const order = group.orders[index];
        if (order === undefined || this.#stop(group.mark, order.by) < price) break;
        reached.push(order.id);
      }
    }
    return reached;
  }

  /** The marks that have moved since the last time, to be kept. */
  takeMoved(): readonly { readonly id: string; readonly mark: Decimal }[] {
    const moved = [...this.#moved].flatMap((group) => group.orders.map(({ id }) => ({ id, mark: (group.mark * this.#sign) as Decimal })));
    this.#moved.clear();
    return moved;
  }

  #raise(price: bigint): void {
    let raised: Group | null = null;
    for (let group = this.#groups.at(-1); group !== undefined && group.mark < price; group = this.#groups.at(-1)) {
      this.#groups.pop();
      this.#unlist(group);
      this.#moved.delete(group);
      raised = raised === null ? group : this.#merge(raised, group);
    }
    if (raised === null) return;
    const best = this.#groups.at(-1);
    if (best?.mark === price) {
      this.#groups.pop();
      this.#unlist(best);
      this.#moved.delete(best);
      raised = this.#merge(raised, best);
    }
    raised.mark = price;
    this.#groups.push(raised);
    this.#list(raised);
    this.#moved.add(raised);
  }

  #merge(one: Group, two: Group): Group {
    const [larger, smaller] = one.orders.length >= two.orders.length ? [one, two] : [two, one];
    for (const order of smaller.orders) {
      insert(larger, order);
      this.#groupOf.set(order.id, larger);
    }
    return larger;
  }

  #list(group: Group): void {
    const stop = this.#nearestStop(group);
    this.#byStop.splice(
      firstIndex(this.#byStop, (other) => this.#nearestStop(other) >= stop),
      0,
      group,
    );
  }

  #unlist(group: Group): void {
    const stop = this.#nearestStop(group);
    const from = firstIndex(this.#byStop, (other) => this.#nearestStop(other) >= stop);
    this.#byStop.splice(this.#byStop.indexOf(group, from), 1);
  }

  #nearestStop({ mark, orders }: Group): bigint {
    const nearest = orders.at(-1);
    return nearest === undefined ? mark : this.#stop(mark, nearest.by);
  }

  /** The same arithmetic as an order's own stop: a percentage is rounded to eight places. */
  #stop(mark: bigint, by: Decimal): bigint {
    if (this.#unit === 'amount') return mark - by;
    const distance = divideRounded(multiply((mark < 0n ? -mark : mark) as Decimal, by), HUNDRED, { places: 8 });
    return mark - distance;
  }
}

/** The index of the first entry that holds; entries that do not come before those that do. */
function firstIndex<Entry>(list: readonly Entry[], holds: (entry: Entry) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = list[middle];
    if (entry !== undefined && holds(entry)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function insert({ orders }: Group, order: TrailingOrder): void {
  orders.splice(
    firstIndex(orders, ({ by }) => by <= order.by),
    0,
    order,
  );
}
