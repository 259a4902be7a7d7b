import { describe, expect, onTestFinished, test } from 'vitest';
import { BusError, type Bus } from './bus.ts';

export type BusBench = {
  /** Two servers' ends of one bus; in process both are the same. */
  readonly first: Bus;
  readonly second: Bus;
  /** Breaks the second server's connection, and lets it come back. Null where there is none. */
  readonly line: { readonly cut: () => void; readonly mend: () => void } | null;
};

export type MakeBus = (onError: (error: unknown) => void) => Promise<BusBench>;

/** What every bus must do. */
export function busSuite(name: string, make: MakeBus): void {
  describe(name, () => {
    delivers(make);
    refuses(make);
    comesBack(make);
  });
}

async function open(make: MakeBus, errors: unknown[] = []) {
  const bench = await make((error) => errors.push(error));
  onTestFinished(async () => {
    await bench.first.close();
    await bench.second.close();
  });
  return bench;
}

/** What was heard, and a way to wait for as much as is expected. */
function listener() {
  const heard: unknown[] = [];
  return {
    heard,
    hear: (payload: unknown) => void heard.push(payload),
    count: (expected: number) => until(() => heard.length >= expected),
  };
}

function delivers(make: MakeBus): void {
  test('every server hears, in order, this one included, equal events twice', async () => {
    const { first, second } = await open(make);
    const here = listener();
    const there = listener();
    await first.subscribe('orders', here.hear);
    await second.subscribe('orders', there.hear);
    const events = [{ id: 1, text: 'ä"\\\n' }, null, [1, 2], 'same', 'same'];
    for (const event of events) await first.publish('orders', event);
    await here.count(5);
    await there.count(5);
    expect(here.heard).toEqual(events);
    expect(there.heard).toEqual(events);
  });

  test('topics are heard apart, also those that differ in case only', async () => {
    const { first, second } = await open(make);
    const here = listener();
    await second.subscribe('quotes:A', here.hear);
    await first.publish('quotes:a', 'wrong');
    await first.publish('quotes:AB', 'wrong');
    await first.publish('quotes:A', 'right');
    await here.count(1);
    expect(here.heard).toEqual(['right']);
  });

  test('who has left hears nothing more, and others of the topic still do', async () => {
    const { first, second } = await open(make);
    const [staying, leaving, again] = [listener(), listener(), listener()];
    await second.subscribe('orders', staying.hear);
    const leave = await second.subscribe('orders', leaving.hear);
    leave();
    leave();
    await first.publish('orders', 1);
    await staying.count(1);
    expect(leaving.heard).toEqual([]);
    const leaveAlone = await second.subscribe('alone', again.hear);
    leaveAlone();
    await second.subscribe('alone', again.hear);
    await first.publish('alone', 1);
    await again.count(1);
    expect(again.heard).toEqual([1]);
  });

  test('a handler that throws is reported and keeps nobody else from hearing', async () => {
    const errors: unknown[] = [];
    const { first, second } = await open(make, errors);
    const here = listener();
    await second.subscribe('orders', () => {
      throw new Error('broken handler');
    });
    await second.subscribe('orders', here.hear);
    await first.publish('orders', 1);
    await here.count(1);
    expect(String(errors[0])).toBe('Error: broken handler');
  });
}

function refuses(make: MakeBus): void {
  test.each(['', '1st', 'with space', `x${'y'.repeat(48)}`, 'quote"'])('%j is no topic', async (topic) => {
    const { first } = await open(make);
    await expect(first.publish(topic, 1)).rejects.toThrow(BusError);
    await expect(first.subscribe(topic, () => undefined)).rejects.toThrow(BusError);
  });
}

function comesBack(make: MakeBus): void {
  test('after a break the gap is told and events arrive again, also of topics that came meanwhile', async () => {
    const { first, second, line } = await open(make);
    if (line === null) return void expect(second.isConnected()).toBe(true);
    const [before, meanwhile] = [listener(), listener()];
    let gaps = 0;
    second.onLost(() => (gaps += 1));
    await second.subscribe('before', before.hear);
    expect(second.isConnected()).toBe(true);

    line.cut();
    await until(() => !second.isConnected());
    await second.subscribe('meanwhile', meanwhile.hear);
    await first.publish('before', 'missed');
    expect(gaps).toBe(0);

    line.mend();
    await until(() => gaps === 1);
    expect(second.isConnected()).toBe(true);
    await first.publish('before', 1);
    await first.publish('meanwhile', 2);
    await before.count(1);
    await meanwhile.count(1);
    expect([before.heard, meanwhile.heard]).toEqual([[1], [2]]);
  });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}
