import type { BusHandler, Unsubscribe } from './bus.ts';

/** The handlers of this process by topic, and those that want to know of gaps. */
export type Subscribers = {
  readonly add: (topic: string, handler: BusHandler) => Unsubscribe;
  readonly has: (topic: string) => boolean;
  readonly topics: () => readonly string[];
  readonly deliver: (topic: string, payload: unknown) => void;
  readonly onLost: (handler: () => void) => Unsubscribe;
  readonly tellLost: () => void;
  readonly clear: () => void;
};

/** `onError` is told of handlers that threw; the others still hear of the event. */
export function createSubscribers(onError: (error: unknown) => void): Subscribers {
  const handlers = new Map<string, Set<{ readonly handle: BusHandler }>>();
  const lostHandlers = new Set<{ readonly handle: () => void }>();
  const call = (handle: () => void): void => {
    try {
      handle();
    } catch (error) {
      onError(error);
    }
  };
  return {
    add: (topic, handle) => {
      // Wrapped, so that one function may subscribe twice and be taken off once.
      const entry = { handle };
      const ofTopic = handlers.get(topic) ?? new Set();
      handlers.set(topic, ofTopic.add(entry));
      return () => {
        ofTopic.delete(entry);
        if (ofTopic.size === 0 && handlers.get(topic) === ofTopic) handlers.delete(topic);
      };
    },
    has: (topic) => handlers.has(topic),
    topics: () => [...handlers.keys()],
    deliver: (topic, payload) => {
      for (const { handle } of [...(handlers.get(topic) ?? [])]) call(() => handle(payload));
    },
    onLost: (handle) => {
      const entry = { handle };
      lostHandlers.add(entry);
      return () => lostHandlers.delete(entry);
    },
    tellLost: () => {
      for (const { handle } of [...lostHandlers]) call(handle);
    },
    clear: () => {
      handlers.clear();
      lostHandlers.clear();
    },
  };
}
