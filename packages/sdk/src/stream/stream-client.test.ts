import { expect, test } from 'vitest';
import { StreamClient, type StreamMessage } from './stream-client.ts';
import type { StreamSocket } from './stream-connection.ts';

/** A socket on a bench: the test plays the server. */
interface BenchSocket extends StreamSocket {
  readonly sent: unknown[];
  closed: boolean;
}

/** Timers that run only when told to, and the sockets opened so far. */
function bench() {
  const sockets: BenchSocket[] = [];
  const waiting = new Map<number, { action: () => void; delayMs: number }>();
  let next = 1;
  let renewals = 0;
  const client = new StreamClient({
    open: () => {
      const socket: BenchSocket = {
        sent: [],
        closed: false,
        send: (text) => socket.sent.push(JSON.parse(text)),
        close: () => {
          socket.closed = true;
        },
        onopen: null,
        onmessage: null,
        onclose: null,
      };
      sockets.push(socket);
      return socket;
    },
    renew: async () => {
      renewals += 1;
    },
    timers: {
      set: (action, delayMs) => {
        waiting.set(next, { action, delayMs });
        return next++;
      },
      clear: (timer) => waiting.delete(timer as number),
    },
    chance: () => 0,
  });
  const last = (): BenchSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  };
  return {
    client,
    sockets,
    last,
    renewals: () => renewals,
    /** Lets pending promises come to their end. */
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    lose: (code = 1006) => last().onclose?.({ code }),
    say: (frame: unknown) => last().onmessage?.({ data: JSON.stringify(frame) }),
    event: (channel: string, sequence: number, value: unknown = sequence) =>
      last().onmessage?.({ data: JSON.stringify({ type: 'events', events: [{ channel, sequence, data: value }] }) }),
    /** Runs the one timer that has this delay. */
    elapse: (delayMs: number) => {
      const found = [...waiting].find(([, timer]) => timer.delayMs === delayMs);
      if (found === undefined)
        throw new Error(`no timer of ${String(delayMs)} ms, only ${[...waiting.values()].map((t) => t.delayMs).join()}`);
      waiting.delete(found[0]);
      found[1].action();
    },
  };
}

function collect() {
  const messages: StreamMessage[] = [];
  const events = () => messages.flatMap((message) => (message.kind === 'event' ? [message.data] : []));
  return { messages, events, listener: (message: StreamMessage) => messages.push(message) };
}

test('the first listener opens the connection and subscribes once it is open', () => {
  const b = bench();
  b.client.subscribe('quotes:AAPL', () => undefined);
  b.client.subscribe('quotes:AAPL', () => undefined);
  expect(b.last().sent).toEqual([]);
  b.last().onopen?.();
  expect(b.last().sent).toEqual([{ type: 'subscribe', channels: ['quotes:AAPL'] }]);
  expect(b.client.status).toBe('open');
});

test('each event is delivered once, and only while somebody listens', () => {
  const b = bench();
  const heard = collect();
  const stop = b.client.subscribe('orders:p', heard.listener);
  b.last().onopen?.();
  b.say({ type: 'snapshot', channel: 'orders:p', sequence: 4, data: 'all' });
  b.event('orders:p', 4);
  b.event('orders:p', 5);
  b.event('orders:p', 5);
  b.event('orders:other', 1);
  stop();
  b.elapse(20);
  b.event('orders:p', 6);
  expect(heard.messages).toEqual([
    { kind: 'snapshot', data: 'all' },
    { kind: 'event', data: 5, sequence: 5 },
  ]);
  expect(b.last().sent.at(-1)).toEqual({ type: 'unsubscribe', channels: ['orders:p'] });
});

test('a missing fact is asked for once, and delivered in order', () => {
  const b = bench();
  const heard = collect();
  b.client.subscribe('orders:p', heard.listener);
  b.last().onopen?.();
  b.event('orders:p', 1);
  b.event('orders:p', 3);
  b.event('orders:p', 4);
  expect(b.last().sent.slice(1)).toEqual([{ type: 'resume', channels: [{ channel: 'orders:p', sequence: 1 }] }]);
  for (const sequence of [2, 3, 4]) b.event('orders:p', sequence);
  expect(heard.events()).toEqual([1, 2, 3, 4]);
});

test('state may skip: the latest wins and older is dropped', () => {
  const b = bench();
  const heard = collect();
  b.client.subscribe('quotes:AAPL', heard.listener);
  b.last().onopen?.();
  for (const sequence of [1, 7, 6, 9]) b.event('quotes:AAPL', sequence);
  expect(heard.events()).toEqual([1, 7, 9]);
  expect(b.last().sent).toHaveLength(1);
});

test('after a loss it waits, comes back, resumes facts and subscribes state anew', async () => {
  const b = bench();
  const heard = collect();
  b.client.subscribe('orders:p', heard.listener);
  b.client.subscribe('quotes:AAPL', () => undefined);
  b.last().onopen?.();
  b.event('orders:p', 8);
  b.event('quotes:AAPL', 100);
  b.lose();
  expect(b.client.status).toBe('waiting');
  b.elapse(250); // 500 ms, of which the random half is 0
  await b.settle();
  b.last().onopen?.();
  expect(b.sockets).toHaveLength(2);
  expect(b.last().sent).toEqual([
    { type: 'subscribe', channels: ['quotes:AAPL'] },
    { type: 'resume', channels: [{ channel: 'orders:p', sequence: 8 }] },
  ]);
  b.event('orders:p', 8);
  b.event('orders:p', 9);
  expect(heard.events()).toEqual([8, 9]);
});

test('where the server can no longer resume, the listener is told to read everything anew', () => {
  const b = bench();
  const heard = collect();
  b.client.subscribe('orders:p', heard.listener);
  b.last().onopen?.();
  b.event('orders:p', 1);
  b.say({ type: 'error', code: 'resume_impossible', detail: 'too old', channel: 'orders:p' });
  expect(heard.messages.at(-1)).toEqual({ kind: 'restart' });
  expect(b.last().sent.at(-1)).toEqual({ type: 'subscribe', channels: ['orders:p'] });
  b.event('orders:p', 40);
  expect(heard.events()).toEqual([1, 40]);
});

test('a silent connection is taken for dead, and tries grow further apart', async () => {
  const b = bench();
  b.client.subscribe('quotes:AAPL', () => undefined);
  b.last().onopen?.();
  b.elapse(35_000);
  expect(b.sockets[0]?.closed).toBe(true);
  for (const delayMs of [250, 500, 1_000]) {
    b.elapse(delayMs);
    await b.settle();
    if (delayMs < 1_000) b.lose();
  }
  expect(b.sockets).toHaveLength(4);
});

test('closed is closed: no further try', () => {
  const b = bench();
  b.client.subscribe('quotes:AAPL', () => undefined);
  b.last().onopen?.();
  b.client.close();
  expect(b.client.status).toBe('closed');
  expect(b.last().closed).toBe(true);
  b.client.retryNow();
  expect(b.sockets).toHaveLength(1);
});

test('wishes of one moment go out as one message', () => {
  const b = bench();
  b.client.subscribe('quotes:AAPL', () => undefined);
  b.last().onopen?.();
  b.elapse(20);
  const stops = ['MSFT', 'NVDA', 'AMZN'].map((symbol) => b.client.subscribe(`quotes:${symbol}`, () => undefined));
  b.elapse(20);
  stops[0]?.();
  stops[1]?.();
  b.client.subscribe('quotes:NVDA', () => undefined);
  b.elapse(20);
  expect(b.last().sent.slice(1)).toEqual([
    { type: 'subscribe', channels: ['quotes:MSFT', 'quotes:NVDA', 'quotes:AMZN'] },
    { type: 'unsubscribe', channels: ['quotes:MSFT'] },
    { type: 'subscribe', channels: ['quotes:NVDA'] },
  ]);
});

test('a session that ended is renewed before the next try', async () => {
  const b = bench();
  b.client.subscribe('orders:p', () => undefined);
  b.last().onopen?.();
  b.lose(4401);
  b.elapse(250);
  await b.settle();
  expect([b.renewals(), b.sockets.length]).toEqual([1, 2]);
  b.lose();
  b.elapse(500);
  await b.settle();
  expect([b.renewals(), b.sockets.length]).toEqual([1, 3]);
});

test('a refused sign-in renews once, and does not spin when that did not help', async () => {
  const b = bench();
  b.client.subscribe('orders:p', () => undefined);
  b.last().onopen?.();
  const refusal = { type: 'error', code: 'unauthenticated', detail: 'sign in', channel: 'orders:p' };
  b.say(refusal);
  b.elapse(250);
  await b.settle();
  b.last().onopen?.();
  b.say(refusal);
  expect([b.renewals(), b.sockets.length, b.client.status]).toEqual([1, 2, 'open']);
});
