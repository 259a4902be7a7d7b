import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decryptPart, encryptFile, storedSize, storedSpan } from './file-cipher.ts';
import { createKeyRing } from './key-ring.ts';

const key = randomBytes(32);

async function* pieces(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function joined(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

const encrypt = (plain: Buffer, by = 10_000) => joined(encryptFile(pieces(plain, by), key));

function part(stored: Buffer, byteCount: number, from = 0, to = byteCount - 1): Promise<Buffer> {
  const span = storedSpan({ byteCount, from, to });
  return joined(decryptPart(pieces(stored.subarray(span.from, span.to + 1), 7_777), { key, byteCount, from, to }));
}

// A piece is 65,536 bytes and its tag 16: three pieces for 150,000 bytes are 150,000 + 3 x 16.
test.each([
  [1, 17],
  [65_535, 65_551],
  [65_536, 65_552],
  [65_537, 65_569],
  [150_000, 150_048],
])('%i bytes take %i and come back', async (count, stored) => {
  const plain = randomBytes(count);
  const kept = await encrypt(plain);
  expect([kept.length, storedSize(count)]).toEqual([stored, stored]);
  expect((await part(kept, count)).equals(plain)).toBe(true);
  expect(kept.includes(plain.subarray(0, 16)) && count > 16).toBe(false);
});

test('any part can be read alone', async () => {
  const plain = randomBytes(200_000);
  const kept = await encrypt(plain);
  for (const [from, to] of [
    [0, 0],
    [65_535, 65_536],
    [65_536, 131_071],
    [131_071, 199_999],
    [199_999, 199_999],
  ] as const)
    expect((await part(kept, 200_000, from, to)).equals(plain.subarray(from, to + 1))).toBe(true);
});

describe('what was tampered with is not decrypted', () => {
  const plain = randomBytes(150_000);
  const size = 65_552;
  test.each([
    ['a bit was turned', (kept: Buffer) => ((kept[70_000] = (kept[70_000] ?? 0) ^ 1), kept)],
    [
      'two pieces changed places',
      (kept: Buffer) => Buffer.concat([kept.subarray(size, 2 * size), kept.subarray(0, size), kept.subarray(2 * size)]),
    ],
    ['the last piece is gone', (kept: Buffer) => kept.subarray(0, 2 * size)],
    ['the end is gone', (kept: Buffer) => kept.subarray(0, -1)],
  ])('%s', async (_what, change) => {
    const kept = change(await encrypt(plain));
    await expect(joined(decryptPart(pieces(kept, 9_999), { key, byteCount: 150_000, from: 0, to: 149_999 }))).rejects.toThrow();
  });

  test('a file cut short at the border of a piece does not pass for a shorter one', async () => {
    const kept = await encrypt(randomBytes(131_072));
    await expect(part(kept.subarray(0, size), 65_536)).rejects.toThrow();
  });
});

describe('keys', () => {
  test('a key kept under an earlier secret is opened, and wrapped anew under the present one', () => {
    const before = createKeyRing(['the earlier secret']);
    const { key: made, ...kept } = before.make('a'.repeat(32));
    const ring = createKeyRing(['the present secret', 'the earlier secret']);
    expect(ring.open('a'.repeat(32), kept)?.equals(made)).toBe(true);
    const anew = ring.wrap('a'.repeat(32), made);
    expect(anew.keyId).toBe(ring.presentId);
    expect(anew.keyId).not.toBe(kept.keyId);
    expect(createKeyRing(['the present secret']).open('a'.repeat(32), anew)?.equals(made)).toBe(true);
    expect(createKeyRing(['another']).open('a'.repeat(32), kept)).toBeNull();
  });

  test('the key of one file does not open as that of another', () => {
    const ring = createKeyRing(['a secret']);
    const kept = ring.make('a'.repeat(32));
    expect(() => ring.open('b'.repeat(32), kept)).toThrow();
  });
});
