import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryBus } from '../../platform/bus/index.ts';
import { createDeskNews } from './desk-news.ts';
import type { Committed, Desk } from './desk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Two servers on one bus; the first one's desk commits what the test says, and its way to the bus can be cut. */
async function servers() {
  const bus = createMemoryBus({
    onError: (error) => {
      throw error;
    },
  });
  const line = { cut: false };
  const near = {
    ...bus,
    publish: (topic: string, payload: unknown) => (line.cut ? Promise.reject(new Error('no bus')) : bus.publish(topic, payload)),
  };
  let tell = (committed: Committed): void => void committed;
  const desk: Pick<Desk, 'onCommitted'> = {
    onCommitted(listener) {
      tell = listener;
      return () => (tell = () => undefined);
    },
  };
  const still: Pick<Desk, 'onCommitted'> = { onCommitted: () => () => undefined };
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const news = createDeskNews({ bus: near, desk, onError });
  const heard: (readonly string[] | null)[] = [];
  await createDeskNews({ bus, desk: still, onError }).hear((ids) => heard.push(ids));
  const own: unknown[] = [];
  await news.hear((ids) => own.push(ids));
  const commit = (...ids: readonly string[]) => tell({ states: ids.map((id) => ({ id }) as Committed['states'][number]), orderEvents: [] });
  return { news, line, errors, heard, own, commit };
}

test('commits of 20 ms go out together, each portfolio once, to the others only', async () => {
  const { heard, own, commit } = await servers();
  commit('a', 'b');
  commit('b', 'c');
  await vi.advanceTimersByTimeAsync(19);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual([['a', 'b', 'c']]);
  expect(own).toEqual([]);
});

test('many portfolios go in messages of at most 150', async () => {
  const { heard, commit } = await servers();
  commit(...Array.from({ length: 301 }, (_, at) => `p${at}`));
  await vi.advanceTimersByTimeAsync(20);
  expect(heard.map((ids) => ids?.length)).toEqual([150, 150, 1]);
});

test('what could not be told is told a second later, with what has come since', async () => {
  const { heard, errors, line, commit } = await servers();
  line.cut = true;
  commit('a');
  await vi.advanceTimersByTimeAsync(20);
  commit('b');
  line.cut = false;
  await vi.advanceTimersByTimeAsync(999);
  expect([heard, errors.length]).toEqual([[], 1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual([['a', 'b']]);
});

test('a server that stops tells what it has gathered first, and nothing after that', async () => {
  const { heard, news, commit } = await servers();
  commit('a');
  await news.close();
  expect(heard).toEqual([['a']]);
  commit('b');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([['a']]);
});
