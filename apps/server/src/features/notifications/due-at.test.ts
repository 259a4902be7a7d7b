import { expect, test } from 'vitest';
import { mailDueAt, pushDueAt } from './due-at.ts';
import { DEFAULT_PREFERENCES } from './preferences.ts';

const quiet = { from: '22:00', to: '07:00' };
const at = (text: string) => Date.parse(text);
const instant = (ms: number) => new Date(ms).toISOString();

/** Berlin is one hour ahead of UTC in winter, two in summer; the clocks go back on 2026-10-25 at 03:00. */
const table = [
  // now                    zone             timing         quiet   due
  ['2026-01-05T15:30:20Z', 'UTC', 'immediately', null, '2026-01-05T15:30:20.000Z'],
  ['2026-01-05T15:30:20Z', 'UTC', 'immediately', quiet, '2026-01-05T15:30:20.000Z'],
  ['2026-01-05T22:00:20Z', 'UTC', 'immediately', quiet, '2026-01-06T07:00:00.000Z'],
  ['2026-01-06T06:59:59Z', 'UTC', 'immediately', quiet, '2026-01-06T07:00:00.000Z'],
  ['2026-01-06T07:00:00Z', 'UTC', 'immediately', quiet, '2026-01-06T07:00:00.000Z'],
  ['2026-01-05T21:30:00Z', 'Europe/Berlin', 'immediately', quiet, '2026-01-06T06:00:00.000Z'],
  ['2026-10-24T21:30:00Z', 'Europe/Berlin', 'immediately', quiet, '2026-10-25T06:00:00.000Z'],
  ['2026-01-05T12:10:00Z', 'UTC', 'immediately', { from: '12:00', to: '13:00' }, '2026-01-05T13:00:00.000Z'],
  ['2026-01-05T13:10:00Z', 'UTC', 'immediately', { from: '12:00', to: '13:00' }, '2026-01-05T13:10:00.000Z'],
  ['2026-01-05T15:30:20Z', 'UTC', 'daily', null, '2026-01-06T08:00:00.000Z'],
  ['2026-01-06T07:59:59Z', 'UTC', 'daily', null, '2026-01-06T08:00:00.000Z'],
  ['2026-01-06T08:00:00Z', 'UTC', 'daily', null, '2026-01-07T08:00:00.000Z'],
  ['2026-01-05T15:30:20Z', 'America/New_York', 'daily', quiet, '2026-01-06T13:00:00.000Z'],
] as const;

test.each(table)('%s in %s, %s, quiet %j: %s', (now, timeZone, emailTiming, quietHours, due) => {
  const recipient = { timeZone, preferences: { ...DEFAULT_PREFERENCES, emailTiming, quietHours } };
  expect(instant(mailDueAt(at(now), 'fill', recipient).dueAt)).toBe(due);
  expect(mailDueAt(at(now), 'fill', recipient).isDigest).toBe(emailTiming === 'daily');
  if (emailTiming === 'immediately') expect(instant(pushDueAt(at(now), 'fill', recipient))).toBe(due);
  // What is urgent waits for nothing.
  expect(mailDueAt(at(now), 'security', recipient)).toEqual({ dueAt: at(now), isDigest: false });
  expect(pushDueAt(at(now), 'margin', recipient)).toBe(at(now));
});
