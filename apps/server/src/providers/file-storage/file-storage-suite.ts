/** What every place for files is put through. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileMissing } from './file-storage.ts';
import type { FileStorage } from './file-storage.ts';

export interface StorageUnderTest {
  readonly storage: FileStorage;
  readonly close?: () => Promise<void> | void;
}

export function fileStorageSuite(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(name, () => {
    let under: StorageUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(async () => {
      under.storage.close();
      await under.close?.();
    });
    const newName = () => randomBytes(16).toString('hex');
    const listed = async () => {
      const names = [];
      for await (const { name: found } of under.storage.list()) names.push(found);
      return names;
    };
    const readAll = async (file: string, span: { from: number; to: number }) => {
      const pieces = [];
      for await (const piece of await under.storage.read(file, span)) pieces.push(piece);
      return Buffer.concat(pieces);
    };

    test('what was written is read, whole and in part, and has its size', async () => {
      const file = newName();
      const bytes = randomBytes(100_000);
      await under.storage.write(file, piecesOf(bytes, 7_000));
      expect(await under.storage.size(file)).toBe(100_000);
      expect((await readAll(file, { from: 0, to: 99_999 })).equals(bytes)).toBe(true);
      expect((await readAll(file, { from: 65_536, to: 65_545 })).equals(bytes.subarray(65_536, 65_546))).toBe(true);
      expect(await listed()).toContain(file);
    });

    test('more than one part: 20 MiB in pieces of a megabyte', async () => {
      const file = newName();
      const bytes = randomBytes(20 * 1024 * 1024);
      await under.storage.write(file, piecesOf(bytes, 1024 * 1024));
      expect(await under.storage.size(file)).toBe(bytes.length);
      // Across the border between two parts of 8 MiB.
      const span = { from: 8 * 1024 * 1024 - 5, to: 8 * 1024 * 1024 + 4 };
      expect((await readAll(file, span)).equals(bytes.subarray(span.from, span.to + 1))).toBe(true);
      await under.storage.remove(file);
      expect(await under.storage.size(file)).toBeNull();
    });

    test('a write that breaks off leaves no file, whether it was long or short', async () => {
      for (const before of [10, 9 * 1024 * 1024]) {
        const file = newName();
        await expect(under.storage.write(file, breaking(before))).rejects.toThrow('the caller hung up');
        expect(await under.storage.size(file)).toBeNull();
        expect(await listed()).not.toContain(file);
      }
    });

    test('what is not there is missing; removing it is no fault', async () => {
      const file = newName();
      expect(await under.storage.size(file)).toBeNull();
      await expect(under.storage.read(file, { from: 0, to: 0 })).rejects.toBeInstanceOf(FileMissing);
      await under.storage.remove(file);
    });

    test('removed means gone from the list too, and others stay', async () => {
      const [one, other] = [newName(), newName()];
      for (const file of [one, other]) await under.storage.write(file, piecesOf(Buffer.from(file), 3));
      await under.storage.remove(one);
      const names = await listed();
      expect([names.includes(one), names.includes(other)]).toEqual([false, true]);
    });

    test('a name that could be a path is refused', async () => {
      for (const bad of ['../../etc/passwd', '', 'a'.repeat(33), 'A'.repeat(32)]) {
        await expect(under.storage.write(bad, piecesOf(Buffer.from('x'), 1))).rejects.toThrow('32 hexadecimal characters');
        await expect(async () => under.storage.size(bad)).rejects.toThrow('32 hexadecimal characters');
      }
    });
  });
}

async function* piecesOf(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* breaking(after: number): AsyncIterable<Buffer> {
  yield Buffer.alloc(after);
  throw new Error('the caller hung up');
}
