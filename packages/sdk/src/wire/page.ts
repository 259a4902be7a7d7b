/** An exact value (money, price, quantity, rate) as decimal text. It never becomes a binary number on the way. */
export type DecimalText = string;
/** RFC 3339 in UTC with milliseconds. */
export type Instant = string;
/** `YYYY-MM-DD`. */
export type Day = string;

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** What every list understands. */
export interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}
