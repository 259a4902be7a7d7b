import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { createAccessTokens } from './access-tokens.ts';
import type { SessionState } from './session-store.ts';
import { createTokenGate } from './token-gate.ts';

const clock = fixedClock('2026-01-05T15:30:00Z');
const tokens = createAccessTokens({ key: Buffer.alloc(32, 1), clock, minutes: 30 });
const userId = newId(clock.now());
const sessionId = newId(clock.now());

let state: SessionState | null;
let lookUps: number;
let listening: boolean;
let answering: Promise<void>;
const newGate = () =>
  createTokenGate({
    clock,
    tokens,
    hearsNews: () => listening,
    findState: async () => {
      lookUps += 1;
      const found = state;
      await answering;
      return found;
    },
    keys: {
      find: async () => {
        lookUps += 1;
        return keyHolds ? { caller: keyCaller, expiresAt: clock.now() + 60_000 } : null;
      },
      used: (keyId) => usedKeys.push(keyId),
    },
  });
const keyCaller = { userId, role: 'standard', sessionId, tokenVersion: 1, via: 'bearer', scopes: new Set(['read']) } as const;
let keyHolds = true;
const usedKeys: string[] = [];
const token = () => tokens.issue({ userId, role: 'standard', sessionId, tokenVersion: 1 });

beforeEach(() => {
  state = { userId, role: 'standard', tokenVersion: 1, live: true };
  lookUps = 0;
  listening = true;
  answering = Promise.resolve();
});

test('a token is looked up once and known until it ends', async () => {
  const gate = newGate();
  const text = await token();
  expect(gate.find(text)).toBeUndefined();
  const caller = await gate.verify(text);
  expect(caller).toEqual({ userId, role: 'standard', sessionId, tokenVersion: 1, via: 'bearer' });
  clock.advance(30 * 60_000 - 1);
  expect(gate.find(text)).toEqual(caller);
  clock.advance(1);
  expect(gate.find(text)).toBeUndefined();
  expect(await gate.verify(text)).toBeNull();
  expect(lookUps).toBe(1);
});

test.each([
  ['no session', null],
  ['an ended session', { userId, role: 'standard', tokenVersion: 1, live: false }],
  ['another version', { userId, role: 'standard', tokenVersion: 2, live: true }],
  ['another user', { userId: newId(1), role: 'standard', tokenVersion: 1, live: true }],
] as const)('%s: no caller', async (_name, found) => {
  const gate = newGate();
  state = found;
  expect(await gate.verify(await token())).toBeNull();
});

test('the role is the row’s, not the token’s', async () => {
  const gate = newGate();
  state = { userId, role: 'premium', tokenVersion: 1, live: true };
  expect(await gate.verify(await token())).toMatchObject({ role: 'premium' });
});

test('news of a revocation make it look again, for this user only', async () => {
  const gate = newGate();
  const text = await token();
  await gate.verify(text);
  gate.forgetUser(newId(2));
  expect(gate.find(text)).toBeDefined();
  gate.forgetUser(userId);
  expect(gate.find(text)).toBeUndefined();
  await gate.verify(text);
  gate.forgetAll();
  expect(gate.find(text)).toBeUndefined();
});

test('without news a token is believed for less than a second', async () => {
  const gate = newGate();
  const text = await token();
  await gate.verify(text);
  listening = false;
  clock.advance(999);
  expect(gate.find(text)).toBeDefined();
  clock.advance(1);
  expect(gate.find(text)).toBeUndefined();
  state = { userId, role: 'standard', tokenVersion: 1, live: false };
  expect(await gate.verify(text)).toBeNull();
});

test('a revocation that comes during the look-up is not overwritten by what was read before it', async () => {
  const gate = newGate();
  const text = await token();
  let answer = () => {};
  answering = new Promise((resolve) => (answer = resolve));
  const early = gate.verify(text);
  while (lookUps === 0) await new Promise(setImmediate);
  state = { userId, role: 'standard', tokenVersion: 2, live: true };
  gate.forgetUser(userId);
  const late = gate.verify(text);
  answer();
  expect(await early).not.toBeNull();
  expect(gate.find(text)).toBeUndefined();
  expect(await late).toBeNull();
});

test('many who come with one new token cost one look-up', async () => {
  const gate = newGate();
  const text = await token();
  await Promise.all(Array.from({ length: 20 }, () => gate.verify(text)));
  expect(lookUps).toBe(1);
});

test('an API key is looked up once, known until it is revoked or ends, and each use is told', async () => {
  const gate = newGate();
  keyHolds = true;
  expect(await gate.verify('hfk_one')).toEqual(keyCaller);
  expect([gate.find('hfk_one'), lookUps, usedKeys]).toEqual([keyCaller, 1, [sessionId]]);
  keyHolds = false;
  gate.forgetUser(userId);
  expect([gate.find('hfk_one'), await gate.verify('hfk_one')]).toEqual([undefined, null]);
  keyHolds = true;
  await gate.verify('hfk_two');
  clock.advance(60_000);
  expect(gate.find('hfk_two')).toBeUndefined();
});
