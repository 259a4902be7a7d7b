import { expect, test } from 'vitest';
import { feedPace, feedSession } from './feed-session.ts';

const nyse = { exchange: 'NYSE', currency: 'USD' };
const xetra = { exchange: 'XETRA', currency: 'EUR' };
const bitcoin = { exchange: 'CRYPTO', currency: 'USD' };
const at = (text: string) => Date.parse(text);

test.each([
  [nyse, '2026-01-05T15:00:00Z', true, '2026-01-05T14:30:00.000Z'],
  [nyse, '2026-01-05T22:00:00Z', false, '2026-01-05T21:00:00.000Z'],
  // A Sunday, and the morning of a holiday: closed since Friday, and since the day before.
  [nyse, '2026-01-04T12:00:00Z', false, '2026-01-02T21:00:00.000Z'],
  [nyse, '2026-01-19T15:00:00Z', false, '2026-01-16T21:00:00.000Z'],
  [{ exchange: null, currency: 'USD' }, '2026-01-05T15:00:00Z', true, '2026-01-05T14:30:00.000Z'],
  [bitcoin, '2026-01-04T12:00:00Z', true, '2026-01-04T00:00:00.000Z'],
])('%j at %s', (instrument, now, open, since) => {
  const session = feedSession(instrument, at(now));
  expect([session.open, new Date(session.changedAt).toISOString()]).toEqual([open, since]);
});

test('calls are spread from the first opening to the last close of what is open', () => {
  const pace = (instruments: readonly (typeof nyse)[], now: string) => {
    const spread = feedPace(instruments, at(now));
    return spread === 'closed' ? spread : [spread.fromMs, spread.toMs].map((instant) => new Date(instant).toISOString().slice(11, 16));
  };
  expect(pace([nyse], '2026-01-05T15:00:00Z')).toEqual(['14:30', '21:00']);
  expect(pace([nyse, xetra], '2026-01-05T15:00:00Z')).toEqual(['08:00', '21:00']);
  expect(pace([nyse, xetra], '2026-01-05T10:00:00Z')).toEqual(['08:00', '16:30']);
  expect(pace([nyse, bitcoin], '2026-01-05T10:00:00Z')).toEqual(['00:00', '00:00']);
  expect(pace([nyse], '2026-01-04T10:00:00Z')).toBe('closed');
});
