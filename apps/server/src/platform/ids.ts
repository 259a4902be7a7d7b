import { randomFillSync } from 'node:crypto';

/**
 * Ids are UUID version 7 (RFC 9562, section 5.7): 48 bits of epoch milliseconds, a 26-bit counter (rand_a and the first
 * 14 bits of rand_b; section 6.2, method 1), 48 random bits. Text order is the order in which one process made them,
 * so that rows inserted together lie together in an index.
 */
const counterLimit = 2 ** 26;
/** A new millisecond starts its counter at random in the lower half, which leaves at least 2^25 ids before it overflows. */
const counterStartBits = 2 ** 25 - 1;
/** A clock corrected backwards by less than this keeps the order of ids; a longer jump starts a new sequence at the new time. */
const backwardsToleranceMs = 10_000;

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const pool = Buffer.allocUnsafe(4096);
let poolOffset = pool.length;
let lastMs = -1;
let counter = 0;

/** A new id. `now` is in epoch milliseconds. Ids of one process rise in text order, also within a millisecond. */
export function newId(now: number): string {
  if (now > lastMs || now < lastMs - backwardsToleranceMs) {
    lastMs = now;
    counter = randomCounterStart();
  } else {
    counter += 1;
    if (counter === counterLimit) {
      lastMs += 1;
      counter = randomCounterStart();
    }
  }
  return textOf(lastMs, counter);
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text can be an id, so that PostgreSQL takes it as a uuid. Only the canonical lower-case spelling counts. */
export function isId(text: string): boolean {
  return text.length === 36 && shape.test(text);
}

function textOf(ms: number, count: number): string {
  const high = Math.floor(ms / 0x1_0000);
  const low = ms % 0x1_0000;
  const randA = count >>> 14;
  const randB = count & 0x3fff;
  return (
    `${hex(high >>> 24)}${hex(high >>> 16)}${hex(high >>> 8)}${hex(high)}-${hex(low >>> 8)}${hex(low)}-` +
    `${hex(0x70 | (randA >>> 8))}${hex(randA)}-${hex(0x80 | (randB >>> 8))}${hex(randB)}-` +
    `${hex(randomByte())}${hex(randomByte())}${hex(randomByte())}${hex(randomByte())}${hex(randomByte())}${hex(randomByte())}`
  );
}

function hex(value: number): string {
  return hexOfByte[value & 0xff] ?? '';
}

function randomCounterStart(): number {
  return (randomByte() | (randomByte() << 8) | (randomByte() << 16) | (randomByte() << 24)) & counterStartBits;
}

/** Asking the system for six bytes costs more than the rest of an id together, so they are fetched by the page. */
function randomByte(): number {
  if (poolOffset === pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  const byte = pool[poolOffset] ?? 0;
  pool[poolOffset] = 0;
  poolOffset += 1;
  return byte;
}
