/** Orders of one kind and side, sorted by price with those that are reached first at the end: finding them is O(hits). */
import type { Decimal } from '../money/index.ts';

interface Rung {
  readonly id: string;
  /** Null is reached by every price. */
  readonly price: Decimal | null;
  /** Decides among equal prices: the smaller came first. */
  readonly priority: string;
}

/** `highest`: a falling price reaches the highest first, as purchases at a limit. `lowest`: a rising price the lowest. */
type ReachedFirst = 'highest' | 'lowest';

/** Adding and removing cost a binary search and one array move. */
export class PriceLadder {
  readonly #first: ReachedFirst;
  readonly #rungs: Rung[] = [];

  constructor(first: ReachedFirst) {
    this.#first = first;
  }

  add(rung: Rung): void {
    this.#rungs.splice(this.#place(rung), 0, rung);
  }

  remove(rung: Rung): void {
    // Equal rungs lie together; the id decides among them.
    for (let at = this.#place(rung); at < this.#rungs.length; at += 1) {
      const other = this.#rungs[at];
      if (other?.id === rung.id) return void this.#rungs.splice(at, 1);
      if (other === undefined || other.price !== rung.price || other.priority !== rung.priority) return;
    }
  }

  reachedBy(price: Decimal): readonly string[] {
    const reached: string[] = [];
    for (let at = this.#rungs.length - 1; at >= 0; at -= 1) {
      const rung = this.#rungs[at];
      if (rung === undefined) break;
      if (rung.price !== null && (this.#first === 'highest' ? rung.price < price : rung.price > price)) break;
      reached.push(rung.id);
    }
    return reached;
  }

  /** After all that are reached later, and before (at a lower index than) those of the same price that came earlier. */
  #place(rung: Rung): number {
    let low = 0;
    let high = this.#rungs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#rungs[middle];
      if (other !== undefined && this.#later(other, rung)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #later(other: Rung, rung: Rung): boolean {
    if (rung.price === null) return other.price !== null || other.priority > rung.priority;
    if (other.price === null) return false;
    if (other.price !== rung.price) return this.#first === 'highest' ? other.price < rung.price : other.price > rung.price;
    return other.priority > rung.priority;
  }
}
