import { expect, test } from 'vitest';
import { createStateChannels } from './state-channels.ts';
import { testConnection } from './test-sockets.ts';

test('of several changes between two flushes the last one goes out, in one frame with all other channels', () => {
  const channels = createStateChannels();
  const one = testConnection();
  channels.follow(one.client, ['quotes:A', 'quotes:B']);
  channels.setState('quotes:A', '1');
  channels.setState('quotes:A', '2');
  channels.setState('quotes:B', '3');
  channels.setState('quotes:C', '4');
  channels.flush();
  expect(one.sent).toHaveLength(1);
  expect(one.events()).toEqual([
    ['quotes:A', 2, 2],
    ['quotes:B', 1, 3],
  ]);
  channels.flush();
  expect(one.sent).toHaveLength(1);
});

test('clients that follow the same channels are sent the very same bytes', () => {
  const channels = createStateChannels();
  const [one, two, other] = [testConnection(), testConnection(), testConnection()];
  channels.follow(one.client, ['quotes:A', 'quotes:B']);
  channels.follow(two.client, ['quotes:B']);
  channels.follow(two.client, ['quotes:A']);
  channels.follow(other.client, ['quotes:A']);
  channels.setState('quotes:A', '1');
  channels.flush();
  expect(one.sent[0]).toBe(two.sent[0]);
  expect(one.sent[0]).not.toBe(other.sent[0]);
  channels.unfollow(one.client, ['quotes:B']);
  channels.setState('quotes:B', '2');
  channels.setState('quotes:A', '3');
  channels.flush();
  expect(one.sent[1]).toBe(other.sent[1]);
  expect(two.events().slice(1)).toEqual([
    ['quotes:A', 2, 3],
    ['quotes:B', 1, 2],
  ]);
});

test('a reader that is behind skips frames, and has the whole state once it has caught up, also when nothing changes any more', () => {
  const channels = createStateChannels();
  const slow = testConnection();
  channels.follow(slow.client, ['quotes:A', 'quotes:B']);
  slow.unsent = 65 * 1024;
  channels.setState('quotes:A', '1');
  channels.flush();
  channels.setState('quotes:B', '2');
  channels.flush();
  channels.setState('quotes:A', '3');
  channels.flush();
  expect(slow.sent).toEqual([]);
  slow.unsent = 0;
  channels.flush();
  expect(slow.events()).toEqual([
    ['quotes:A', 2, 3],
    ['quotes:B', 1, 2],
  ]);
  channels.flush();
  expect(slow.sent).toHaveLength(1);
});

test('what a reader has missed is told once: neither what it had before nor what it left meanwhile', () => {
  const channels = createStateChannels();
  const slow = testConnection();
  channels.follow(slow.client, ['quotes:A', 'quotes:B', 'quotes:C']);
  channels.setState('quotes:A', '1');
  channels.flush();
  slow.unsent = 65 * 1024;
  channels.setState('quotes:B', '2');
  channels.setState('quotes:C', '3');
  channels.flush();
  channels.unfollow(slow.client, ['quotes:C']);
  slow.unsent = 0;
  channels.setState('quotes:B', '4');
  channels.flush();
  expect(slow.events()).toEqual([
    ['quotes:A', 1, 1],
    ['quotes:B', 2, 4],
  ]);
});

test('a reader with more than a megabyte unread is cut off', () => {
  const channels = createStateChannels();
  const gone = testConnection();
  channels.follow(gone.client, ['quotes:A']);
  gone.unsent = 1024 * 1024 + 1;
  gone.client.send('{}');
  expect([gone.sent, gone.closedWith]).toEqual([[], 4408]);
});

test('a channel is known as long as somebody follows it or is about to, and begins anew after that', () => {
  const channels = createStateChannels();
  const one = testConnection();
  channels.setState('quotes:A', '1');
  expect([channels.isFollowed('quotes:A'), channels.stateOf('quotes:A')]).toEqual([false, { sequence: 0, data: null }]);
  channels.retain('quotes:A');
  channels.setState('quotes:A', '1');
  expect(channels.stateOf('quotes:A')).toEqual({ sequence: 1, data: '1' });
  channels.follow(one.client, ['quotes:A']);
  channels.release('quotes:A');
  expect(channels.isFollowed('quotes:A')).toBe(true);
  channels.unfollow(one.client, ['quotes:A', 'quotes:B']);
  expect([channels.isFollowed('quotes:A'), channels.stateOf('quotes:A').sequence]).toEqual([false, 0]);
});
