import type { TickersQuery } from '@holdfast/contract/tickers-api';
import { expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { createTickerFeed } from './ticker-feed.ts';
import type { FeedSocket } from './ticker-feed.ts';

/** A reader that says how much it has not read yet. */
function reader() {
  const read: string[] = [];
  const sent: Buffer[] = [];
  const socket: FeedSocket & { bufferedAmount: number; isOpen: boolean } = {
    bufferedAmount: 0,
    isOpen: true,
    send: (bytes) => {
      sent.push(bytes);
      read.push(bytes.toString());
    },
    terminate() {
      socket.isOpen = false;
    },
  };
  return { socket, read, sent };
}

function feedOf(text: (query: TickersQuery) => string) {
  const clock = fixedClock('2026-01-05T15:30:00.000Z');
  let made = 0;
  const list = {
    version: () => '',
    text: (query: TickersQuery) => {
      made += 1;
      return text(query);
    },
  };
  return { clock, feed: createTickerFeed({ list, clock }), made: () => made };
}

test('what changed is sent with the beat, what did not only after 5 s', () => {
  let price = 1;
  const { clock, feed } = feedOf(() => `price ${price}`);
  const { socket, read } = reader();
  feed.listen(socket, {});
  for (let second = 1; second <= 12; second += 1) {
    clock.advance(1_000);
    if (second === 3) price = 2;
    feed.beat();
  }

  // At once; the change in second 3; then 5 s later, in second 8. Second 13 would be next.
  expect(read).toEqual(['price 1', 'price 2', 'price 2']);
});

test('listeners to one query share one answer and its bytes', () => {
  let price = 1;
  const { feed, made } = feedOf(() => `price ${price}`);
  const readers = Array.from({ length: 50 }, reader);
  for (const { socket } of readers) feed.listen(socket, { limit: 10 });
  const before = made();
  price = 2;
  feed.beat();

  expect(made() - before).toBe(1);
  expect(new Set(readers.map(({ sent }) => sent[1])).size).toBe(1);
});

test('a reader that is behind waits for the newest; one that is 1 MB behind is cut off', () => {
  let price = 1;
  const { feed } = feedOf(() => `price ${price}`);
  const slow = reader();
  const stuck = reader();
  feed.listen(slow.socket, {});
  feed.listen(stuck.socket, {});
  slow.socket.bufferedAmount = 100_000;
  stuck.socket.bufferedAmount = 1_048_577;
  price = 2;
  feed.beat();
  slow.socket.bufferedAmount = 0;
  price = 3;
  feed.beat();

  expect(slow.read).toEqual(['price 1', 'price 3']);
  expect(stuck.socket.isOpen).toBe(false);
  expect(feed.size).toBe(1);
});

test('another query takes the place of the one before; who leaves is sent nothing', () => {
  let price = 1;
  const { feed } = feedOf(({ search }) => `${search ?? 'all'} ${price}`);
  const { socket, read } = reader();
  feed.listen(socket, {});
  feed.listen(socket, { search: 'A' });
  price = 2;
  feed.beat();
  feed.leave(socket);
  price = 3;
  feed.beat();

  expect(read).toEqual(['all 1', 'A 1', 'A 2']);
});

test('there are at most 100 different queries', () => {
  const { feed } = feedOf(({ skip }) => String(skip));
  const taken = Array.from({ length: 101 }, (_, skip) => feed.listen(reader().socket, { skip }));

  expect(taken.filter(Boolean)).toHaveLength(100);
  expect(feed.listen(reader().socket, { skip: 0 })).toBe(true);
});
