import { expect, test } from 'vitest';
import { createShortcutReader, SHORTCUTS } from './shortcuts.ts';

const press = (key: string, at = 0, ctrl = false) => ({ key, ctrl, alt: false, at });

test('a sequence counts when it is typed quickly, and only then', () => {
  const read = createShortcutReader();
  expect(read(press('g', 0), true)).toBeNull();
  expect(read(press('h', 1000), true)).toBe('home');
  expect(read(press('g', 0), true)).toBeNull();
  expect(read(press('s', 5000), true)).toBe('sell');
});

test('after g, s means settings and not sell', () => {
  const read = createShortcutReader();
  read(press('g', 0), true);
  expect(read(press('s', 10), true)).toBe('settings');
});

test('single keys can be switched off; Ctrl K stays', () => {
  const read = createShortcutReader();
  expect(read(press('/'), false)).toBeNull();
  expect(read(press('k', 0, true), false)).toBe('palette');
});

test('every listed key does something', () => {
  for (const shortcut of SHORTCUTS.filter((row) => row.name !== 'ticket')) {
    const read = createShortcutReader();
    const [first = '', second] = shortcut.keys;
    const result =
      first === 'Ctrl'
        ? read(press(second ?? '', 0, true), true)
        : second === undefined || first === 'Shift'
          ? read(press(second ?? first), true)
          : (read(press(first), true), read(press(second, 1), true));
    expect(result).toBe(shortcut.name);
  }
});
