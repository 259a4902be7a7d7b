import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { IMPORT_LIMITS } from './import-limits.ts';
import type { ImportLimits } from './import-limits.ts';
import { openTickFiles } from './tick-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-upload-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function files(content: Uint8Array | string, limits: Partial<ImportLimits> = {}) {
  const path = join(folder, 'upload');
  writeFileSync(path, content);
  const opened = openTickFiles({ path, fileName: 'sent.zip', byteCount: statSync(path).size }, { ...IMPORT_LIMITS, ...limits });
  const found: [string, string][] = [];
  for await (const { name, chunks } of opened.files) {
    const parts: Buffer[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    found.push([name, Buffer.concat(parts).toString()]);
  }
  return { found, passedOver: opened.passedOver, read: opened.position() };
}

test('a file that is no zip is itself, whatever it is called', async () => {
  expect(await files('a,b\n1,2')).toEqual({ found: [['sent.zip', 'a,b\n1,2']], passedOver: [], read: 7 });
});

test('CSV files of a zip and of the zips in it, in their order; litter and folders are nothing', async () => {
  const inner = zipSync({ 'c.csv': strToU8('C'), 'd.TXT': strToU8('D') });
  const zip = zipSync({
    'a.csv': [strToU8('A'), { level: 0 }],
    'sub/': new Uint8Array(),
    'sub/b.csv': strToU8('B'),
    'inner-without-suffix': inner,
    '__MACOSX/._a.csv': strToU8('litter'),
    'sub/.DS_Store': strToU8('litter'),
    'notes.md': strToU8('notes'),
  });
  const { found, passedOver, read } = await files(zip);

  expect(found).toEqual([
    ['sent.zip/a.csv', 'A'],
    ['sent.zip/sub/b.csv', 'B'],
    ['sent.zip/inner-without-suffix/c.csv', 'C'],
    ['sent.zip/inner-without-suffix/d.TXT', 'D'],
  ]);
  expect(passedOver).toEqual(['sent.zip/notes.md']);
  expect(read).toBeGreaterThan(0);
  expect(readdirSync(folder)).toEqual(['upload']);
});

const zeros = zipSync({ 'a.csv': new Uint8Array(3_000_000) });
test.each([
  ['more than the ratio', zeros, { unsuspectedBytes: 1_000_000 }, 'unpacks to more than 200 times its size'],
  [
    'more than is ever unpacked',
    zipSync({ 'a.csv': [new Uint8Array(3_000_000), { level: 0 }] }),
    { inflatedBytes: 1_000_000 },
    'unpacks to more than 1000000 bytes',
  ],
  [
    'too many entries',
    zipSync(Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${n}.csv`, strToU8('x')]))),
    { archiveEntries: 10 },
    'more than 10 entries',
  ],
  [
    'too deep',
    zipSync({ 'a.zip': zipSync({ 'b.zip': zipSync({ 'c.csv': strToU8('x') }) }) }),
    { archiveDepth: 2 },
    'sent.zip/a.zip/b.zip lies 3 archives deep; at most 2 are opened',
  ],
  [
    'the bomb one archive further in',
    zipSync({ 'a.zip': zipSync({ 'b.zip': zeros }) }),
    { unsuspectedBytes: 1_000_000 },
    'unpacks to more than',
  ],
  ['cut off', zeros.subarray(0, zeros.length - 30), {}, 'is no readable zip archive'],
  ['a name that climbs', zipSync({ '../../etc/a.csv': strToU8('x') }), {}, 'is no readable zip archive'],
  ['encrypted', marked(6, 1), {}, 'is encrypted'],
  ['of an unknown method', marked(8, 99), {}, 'is packed by method 99'],
])('%s: refused, and nothing is left on the disk', async (_name, zip, limits, reason) => {
  await expect(files(zip, limits)).rejects.toThrow(reason);
  expect(readdirSync(folder)).toEqual(['upload']);
});

/** A zip of one file with a field of its headers changed: bit 0 of the flags, or the method. */
function marked(offset: number, value: number): Uint8Array {
  const zip = zipSync({ 'a.csv': [strToU8('x'.repeat(100)), { level: 6 }] });
  const central = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  zip[offset] = value;
  zip[central + offset + 2] = value;
  return zip;
}
