/**
 * Which shares a sale takes. `average` pools them all; `fifo` takes the oldest, `lifo` the newest, `hifo` those with the highest
 * unit cost (of equals the older); `specific` those the owner names, and the oldest where none are named.
 */
export type CostMethod = 'average' | 'fifo' | 'lifo' | 'hifo' | 'specific';

export const COST_METHODS: readonly CostMethod[] = ['average', 'fifo', 'lifo', 'hifo', 'specific'];
