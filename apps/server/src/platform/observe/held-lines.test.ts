import { expect, onTestFinished, test, vi } from 'vitest';
import { holdLines } from './held-lines.ts';

function openHeld() {
  const written: string[] = [];
  let flushed = 0;
  const held = holdLines({ write: (text) => void written.push(text), flushSync: () => void (flushed += 1) });
  return { held, written, flushed: () => flushed };
}

test('lines wait for each other, in their order, and leave once there are enough', () => {
  const { held, written } = openHeld();
  held.write('first\n');
  held.write('second\n');
  expect(written).toEqual([]);

  const long = `${'x'.repeat(20_000)}\n`;
  held.write(long);
  expect(written).toEqual([`first\nsecond\n${long}`]);
});

test('a lonely line leaves after a quarter of a second', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { held, written } = openHeld();
  held.write('first\n');
  held.write('second\n');
  vi.advanceTimersByTime(250);
  expect(written).toEqual(['first\nsecond\n']);

  vi.advanceTimersByTime(1_000);
  expect(written).toHaveLength(1);
});

test('what is held is written when the log is flushed, and nothing twice', () => {
  const { held, written, flushed } = openHeld();
  held.write('last words\n');
  held.flushSync();
  held.flushSync();
  expect(written).toEqual(['last words\n']);
  expect(flushed()).toBe(2);
});
