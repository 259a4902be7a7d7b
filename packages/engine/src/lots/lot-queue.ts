import { divide, ZERO, type Decimal } from '../money/index.ts';
import type { CostMethod } from './cost-method.ts';
import type { Lot } from './lot.ts';

/** An open lot as the book works on it: `quantity`, `cost` and `baseCost` shrink as it is sold. */
export interface OpenLot {
  readonly id: string;
  acquiredOn: number;
  quantity: Decimal;
  cost: Decimal;
  baseCost: Decimal;
  /** By which `hifo` orders: taken when the lot opens, so that rounding in a partial sale cannot reorder equals. Zero elsewhere. */
  unitCost: Decimal;
  /** Rises with each lot that opens: the order of lots of one day. */
  readonly sequence: number;
}

/**
 * The open lots in the order of the method. Consumed lots stay in the array until they are the majority, so taking the next one
 * costs O(1) (O(log n) under `hifo`) on average, however long the history is.
 */
export interface LotQueue {
  readonly method: CostMethod;
  /** Ascending by day and sequence. */
  lots: OpenLot[];
  first: number;
  emptied: number;
  nextSequence: number;
  /** Under `hifo`: a binary heap of the same lots, the next to take on top. */
  heap: OpenLot[];
  /** Under `specific`: the same lots by id. */
  readonly byId: Map<string, OpenLot>;
}

export function lotQueue(method: CostMethod): LotQueue {
  return { method, lots: [], first: 0, emptied: 0, nextSequence: 0, heap: [], byId: new Map() };
}

export function enqueue(queue: LotQueue, lot: Lot): void {
  const open: OpenLot = {
    id: lot.id,
    acquiredOn: lot.acquiredOn,
    quantity: lot.quantity,
    cost: lot.cost,
    baseCost: lot.baseCost,
    unitCost: queue.method === 'hifo' ? (lot.unitCost ?? divide(lot.cost, lot.quantity)) : ZERO,
    sequence: queue.nextSequence++,
  };
  const last = queue.lots.at(-1);
  if (last === undefined || last.acquiredOn <= open.acquiredOn) {
    queue.lots.push(open);
  } else {
    const index = insertionIndex(queue.lots, open.acquiredOn);
    queue.lots.splice(index, 0, open);
    queue.first = Math.min(queue.first, index);
  }
  if (queue.method === 'hifo') pushHeap(queue.heap, open);
  if (queue.method === 'specific') queue.byId.set(open.id, open);
}

/** The lot the method takes next, or undefined when none is open. */
export function nextLot(queue: LotQueue): OpenLot | undefined {
  switch (queue.method) {
    case 'average':
    case 'fifo':
    case 'specific': {
      while (queue.lots[queue.first]?.quantity === 0n) queue.first += 1;
      return queue.lots[queue.first];
    }
    case 'lifo': {
      while (queue.lots.at(-1)?.quantity === 0n) {
        queue.lots.pop();
        queue.emptied -= 1;
      }
      return queue.lots.at(-1);
    }
    case 'hifo': {
      while (queue.heap[0]?.quantity === 0n) popHeap(queue.heap);
      return queue.heap[0];
    }
  }
}

/** To be called for each lot whose quantity has become zero. */
export function noteEmptied(queue: LotQueue, lot: OpenLot): void {
  queue.emptied += 1;
  queue.byId.delete(lot.id);
  if (queue.emptied < 32 || queue.emptied * 2 < queue.lots.length) return;
  queue.lots = queue.lots.filter(({ quantity }) => quantity !== 0n);
  queue.first = 0;
  queue.emptied = 0;
}

/** Open lots, oldest first. */
export function openLots(queue: LotQueue): readonly OpenLot[] {
  return queue.lots.filter(({ quantity }) => quantity !== 0n);
}

/** Changes the unit cost of every lot, after a step that changed costs or quantities of them all. Only `hifo` keeps unit costs. */
export function reprice(queue: LotQueue, unitCostOf: (unitCost: Decimal) => Decimal): void {
  if (queue.method !== 'hifo') return;
  const lots = openLots(queue);
  queue.heap = [];
  for (const lot of lots) {
    lot.unitCost = unitCostOf(lot.unitCost);
    pushHeap(queue.heap, lot);
  }
}

function insertionIndex(lots: readonly OpenLot[], acquiredOn: number): number {
  let low = 0;
  let high = lots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lots[middle]?.acquiredOn ?? Infinity) <= acquiredOn) low = middle + 1;
    else high = middle;
  }
  return low;
}

function takenBefore(a: OpenLot, b: OpenLot): boolean {
  if (a.unitCost !== b.unitCost) return a.unitCost > b.unitCost;
  return a.acquiredOn !== b.acquiredOn ? a.acquiredOn < b.acquiredOn : a.sequence < b.sequence;
}

function pushHeap(heap: OpenLot[], lot: OpenLot): void {
  let index = heap.length;
  heap.push(lot);
  while (index > 0) {
    const above = (index - 1) >>> 1;
    const parent = heap[above];
    if (parent === undefined || !takenBefore(lot, parent)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = lot;
}

function popHeap(heap: OpenLot[]): void {
  const moved = heap.pop();
  if (moved === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    if (left === undefined) break;
    const [child, at] = right !== undefined && takenBefore(right, left) ? [right, 2 * index + 2] : [left, 2 * index + 1];
    if (!takenBefore(child, moved)) break;
    heap[index] = child;
    index = at;
  }
  heap[index] = moved;
}
