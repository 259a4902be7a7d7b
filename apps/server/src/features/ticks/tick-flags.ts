/** What is odd about a stored tick, as bits of its `flags`: it was accepted as the file had it, and says so for the quality checks to find. */
export const TICK_FLAGS = {
  /** Outside the regular trading hours of its exchange. */
  outsideSession: 1,
  /** On a day for which the exchange's calendar has no session; the usual hours are taken as the day's session. */
  closedDay: 2,
  /** The price is zero or negative. */
  priceNotPositive: 4,
  /** The bid is above the ask. */
  crossedQuote: 8,
  /** A quantity is negative. */
  negativeQuantity: 16,
  /** More than a day ahead of the clock of the server that read it. */
  inTheFuture: 32,
} as const;

/** A tick with one of these is kept, but moves no bar. */
export const LEFT_OUT_OF_BARS = TICK_FLAGS.outsideSession | TICK_FLAGS.priceNotPositive | TICK_FLAGS.inTheFuture;
/** A tick with one of these is nobody's latest price; one from before or after the session is. */
export const NO_LATEST_PRICE = TICK_FLAGS.priceNotPositive | TICK_FLAGS.inTheFuture;
