/**
 * Small events between parts of the server, and between servers. At most once, in the order of one publisher; who must
 * not miss anything keeps it in the database and takes an event as a hint to look.
 */
export type Bus = {
  /**
   * Tells every subscriber of every server, this one included. The payload is JSON data and is not to be changed.
   * Throws BusError when the payload is too large or the bus is not reachable.
   */
  readonly publish: (topic: string, payload: unknown) => Promise<void>;
  /** Resolves once nothing published after it will be missed. */
  readonly subscribe: (topic: string, handler: BusHandler) => Promise<Unsubscribe>;
  /** Told after a gap: events of other servers may have been missed, so look at the database again. */
  readonly onLost: (handler: () => void) => Unsubscribe;
  /** False while events of other servers do not arrive. */
  readonly isConnected: () => boolean;
  readonly close: () => Promise<void>;
};

export type BusHandler = (payload: unknown) => void;
export type Unsubscribe = () => void;

export class BusError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BusError';
  }
}

/** PostgreSQL takes channel names of 63 bytes and cuts longer ones off; ours have a prefix besides. */
const topicShape = /^[A-Za-z][A-Za-z0-9._:-]{0,47}$/;

export function checkTopic(topic: string): void {
  if (!topicShape.test(topic)) {
    throw new BusError(`"${topic}" is no topic. Write up to 48 letters, digits and . _ : -, beginning with a letter.`);
  }
}
