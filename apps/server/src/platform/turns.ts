/** Long work in short pieces, so that it can be done at once or with others having their turn between the pieces. */
import { setImmediate as othersTurn } from 'node:timers/promises';

/** Yields where it may be interrupted. */
export type Turns<Result> = Generator<undefined, Result, undefined>;

/** Items that take a few milliseconds. */
const ITEMS_A_TURN = 500;

export function endsTurn(index: number): boolean {
  return index % ITEMS_A_TURN === ITEMS_A_TURN - 1;
}

/** One result per item, in their order. */
export function* eachInTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Result): Turns<readonly Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (endsTurn(index)) yield;
    results.push(work(item));
  }
  return results;
}

export function atOnce<Result>(turns: Turns<Result>): Result {
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
  }
}

export async function besides<Result>(turns: Turns<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
    await othersTurn();
  }
}
