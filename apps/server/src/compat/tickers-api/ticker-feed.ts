/** Who listens to tickers, and what each was sent. Knows no more of a socket than what it uses. */
import type { TickersQuery } from '@holdfast/contract/tickers-api';
import type { Clock } from '../../platform/clock.ts';
import type { TickerList } from './ticker-list.ts';

/** The part of a WebSocket that the feed needs. */
export interface FeedSocket {
  readonly bufferedAmount: number;
  send(bytes: Buffer, options: { readonly binary: boolean }): void;
  terminate(): void;
}

export interface TickerFeed {
  /**
   * Lets a socket listen to a query, or to another one than before, and sends the answer at once. False when there are too many
   * different queries. Throws what the query's answer throws (`invalid_value`), and then nothing changes.
   */
  listen(socket: FeedSocket, query: TickersQuery): boolean;
  leave(socket: FeedSocket): void;
  /** To be called once a second: sends what changed, and what nobody was sent for 5 s. */
  beat(): void;
  readonly size: number;
}

const AT_LEAST_EVERY_MS = 5_000;
/** Beyond this much unsent a reader waits until it has caught up; only the newest is worth sending. */
const BEHIND_BYTES = 65_536;
/** Beyond this much unsent a reader is cut off: it would take the server's memory. */
const MOST_UNSENT_BYTES = 1_048_576;
/** Each one is an answer to be made every second. */
const MOST_QUERIES = 100;

/** All who ask the same share one answer, serialised once. */
interface Audience {
  readonly query: TickersQuery;
  readonly sockets: Set<FeedSocket>;
  text: string;
  bytes: Buffer;
  sentAt: number;
}

export function createTickerFeed({ list, clock }: { readonly list: TickerList; readonly clock: Clock }): TickerFeed {
  const audiences = new Map<string, Audience>();
  const places = new Map<FeedSocket, string>();

  const leave = (socket: FeedSocket): void => {
    const key = places.get(socket);
    if (key === undefined) return;
    places.delete(socket);
    const audience = audiences.get(key);
    audience?.sockets.delete(socket);
    if (audience?.sockets.size === 0) audiences.delete(key);
  };
  const send = (socket: FeedSocket, bytes: Buffer): void => {
    if (socket.bufferedAmount > MOST_UNSENT_BYTES) {
      leave(socket);
      socket.terminate();
    } else if (socket.bufferedAmount <= BEHIND_BYTES) socket.send(bytes, { binary: false });
  };

  return {
    get size() {
      return places.size;
    },
    leave,
    listen(socket, query) {
      const key = JSON.stringify([query.skip, query.limit, query.search, query.start_date, query.end_date]);
      const text = list.text(query);
      let audience = audiences.get(key);
      if (audience === undefined) {
        if (audiences.size >= MOST_QUERIES) return false;
        audience = { query, sockets: new Set(), text, bytes: Buffer.from(text), sentAt: clock.now() };
        audiences.set(key, audience);
      }
      if (places.get(socket) !== key) leave(socket);
      audience.sockets.add(socket);
      places.set(socket, key);
      send(socket, audience.text === text ? audience.bytes : Buffer.from(text));
      return true;
    },
    beat() {
      const now = clock.now();
      for (const audience of audiences.values()) {
        const text = list.text(audience.query);
        const changed = text !== audience.text;
        if (!changed && now - audience.sentAt < AT_LEAST_EVERY_MS) continue;
        if (changed) {
          audience.text = text;
          audience.bytes = Buffer.from(text);
        }
        audience.sentAt = now;
        for (const socket of audience.sockets) send(socket, audience.bytes);
      }
    },
  };
}
