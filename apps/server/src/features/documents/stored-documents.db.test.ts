/** Rows and bytes: both or neither, whatever breaks off between them (I16); and what lies in the storage is of no use without the key. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import { openDiskStorage } from '../../providers/file-storage/index.ts';
import type { FileStorage } from '../../providers/file-storage/index.ts';
import { deleteDocument } from './delete-document.ts';
import type { DocumentNeeds } from './document-needs.ts';
import { exportDocuments } from './export-documents.ts';
import { createKeyRing } from './key-ring.ts';
import { keepDocument, keepVersion } from './keep-document.ts';
import { listDocuments } from './list-documents.ts';
import { findContent, openContent } from './open-content.ts';
import { receiveFile } from './receive-file.ts';
import { reconcileDocuments } from './reconcile-documents.ts';

let app: TestApp;
let owner: TestUser;
let folder: string;
let needs: DocumentNeeds;
const faults: unknown[] = [];
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
});
beforeEach(async () => {
  // Each test has a storage of its own.
  await app.pool.query('delete from document_files');
  await app.pool.query('delete from documents');
  owner = await app.user(`owner-${randomBytes(4).toString('hex')}`);
  folder = mkdtempSync(join(tmpdir(), 'holdfast-documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  faults.length = 0;
  needs = {
    db: app.db,
    clock: app.clock,
    storage: openDiskStorage(folder),
    keys: createKeyRing(['the secret of this test']),
    scanner: null,
    limits: { mostBytes: 10_000_000, quotaBytes: 20_000_000, mostDocuments: 100 },
    onError: (error) => faults.push(error),
  };
});

const caller = () => ({ userId: owner.id, requestId: 'r', ip: '127.0.0.1' });
const NOTES = { kind: 'tax', name: null, note: null, taxYear: null, portfolioId: null } as const;
const bytesOf = (content: Buffer | string) => [Buffer.from(content)] as unknown as AsyncIterable<Buffer>;

async function* pieces(content: Buffer, size = 65_536): AsyncIterable<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function receive(content: Buffer | string, over: DocumentNeeds = needs) {
  return receiveFile(over, owner.id, { content: pieces(Buffer.from(content)), fileName: 'paper.txt' });
}

async function keep(content: Buffer | string, over: DocumentNeeds = needs): Promise<string> {
  return (await keepDocument(over, caller(), { file: await receive(content, over), notes: NOTES })).id;
}

async function read(documentId: string, over: DocumentNeeds = needs): Promise<string> {
  const file = await findContent(over, owner.id, { documentId, version: undefined });
  const parts = [];
  for await (const part of await openContent(over, file, { from: 0, to: file.byteCount - 1 })) parts.push(part);
  return Buffer.concat(parts).toString();
}

const stored = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const shown = async () => (await listDocuments(needs, owner.id, {})).items.length;
const rows = async () =>
  (await app.pool.query<{ state: string }>('select state from document_files where user_id = $1', [owner.id])).rows.map(
    ({ state }) => state,
  );

/** Long after, and with the disk's times moved back as far: what is left then was left by a crash. */
async function later() {
  for (const entry of stored()) utimesSync(join(entry.parentPath, entry.name), 0, 0);
  app.clock.advance(3 * 3_600_000);
  return reconcileDocuments(needs, new AbortController().signal);
}

describe('a crash between row and bytes', () => {
  test('while a file arrives: nothing is shown, and row and bytes go', async () => {
    const half: FileStorage = {
      ...needs.storage,
      write: async (name) => {
        writeFileSync(join(folder, `${name}.part`), 'half');
        throw new Error('killed');
      },
      // The process is gone: nobody tidies up.
      remove: () => Promise.reject(new Error('killed')),
    };
    await expect(receive('a paper', { ...needs, storage: half })).rejects.toThrow('killed');
    expect([await shown(), (await rows()).length]).toEqual([0, 1]);
    expect((await later()).removed).toBe(1);
    expect(await rows()).toEqual([]);
  });

  test('after a file arrived, before it was kept: nothing is shown, and row and bytes go', async () => {
    await receive('a paper');
    expect([await shown(), await rows(), stored().length]).toEqual([0, ['arriving'], 1]);
    // An upload that is under way is left alone.
    await reconcileDocuments(needs, new AbortController().signal);
    expect([await rows(), stored().length]).toEqual([['arriving'], 1]);
    expect((await later()).removed).toBe(1);
    expect([await rows(), stored().length]).toEqual([[], 0]);
  });

  test('after a removal, before its bytes went: nothing is shown, and the bytes go', async () => {
    const id = await keep('a paper');
    const stuck: FileStorage = { ...needs.storage, remove: () => Promise.reject(new Error('killed')) };
    await deleteDocument({ ...needs, storage: stuck }, caller(), id);
    expect(faults).toHaveLength(1);
    expect([await shown(), await rows(), stored().length]).toEqual([0, ['leaving'], 1]);
    expect((await later()).removed).toBe(1);
    expect([await rows(), stored().length]).toEqual([[], 0]);
  });

  test('the transaction that keeps it is rolled back: no document, and the bytes go', async () => {
    const file = await receive('a paper');
    const wrong = { ...NOTES, taxYear: 1e12 };
    await expect(keepDocument(needs, caller(), { file, notes: wrong })).rejects.toThrow();
    expect([await shown(), await rows()]).toEqual([0, ['arriving']]);
    await later();
    expect([await rows(), stored().length]).toEqual([[], 0]);
  });

  test('one that arrived too late to be kept is refused, and never half there', async () => {
    const file = await receive('a paper');
    await later();
    await expect(keepDocument(needs, caller(), { file, notes: NOTES })).rejects.toThrow('took too long');
    expect([await shown(), await rows()]).toEqual([0, []]);
  });
});

test('bytes that no row knows are removed; those of documents stay', async () => {
  const id = await keep('a paper');
  await needs.storage.write('ab'.repeat(16), bytesOf('nobody’s'));
  expect(await later()).toEqual({ removed: 0, strays: 1, missing: 0, rekeyed: 0 });
  expect([stored().length, await read(id)]).toEqual([1, 'a paper']);
});

test('bytes that the storage has lost are named, told by the document, and found again when they are back', async () => {
  const id = await keep('a paper');
  const [entry] = stored();
  const path = join(entry?.parentPath ?? '', entry?.name ?? '');
  const bytes = readFileSync(path);
  rmSync(path);
  expect((await later()).missing).toBe(1);
  expect((await listDocuments(needs, owner.id, {})).items[0]).toMatchObject({ id, isMissing: true });
  await expect(read(id)).rejects.toMatchObject({ code: 'document_unreadable' });
  const audit = await app.pool.query('select action from audit_entries where subject_id = $1 and actor_id is null', [id]);
  expect(audit.rows).toEqual([{ action: 'document.bytes_missing' }]);
  // Cut short is as bad as gone.
  writeFileSync(path, bytes.subarray(0, -1));
  expect((await later()).missing).toBe(1);
  writeFileSync(path, bytes);
  expect((await later()).missing).toBe(0);
  expect([(await listDocuments(needs, owner.id, {})).items[0]?.isMissing, await read(id)]).toEqual([false, 'a paper']);
});

test('what lies in the storage shows nothing of the document, neither its words nor its name', async () => {
  await keep('The account has 1,204.10 EUR.');
  const [entry] = stored();
  expect(entry?.name).toMatch(/^[0-9a-f]{32}$/);
  const bytes = readFileSync(join(entry?.parentPath ?? '', entry?.name ?? ''));
  expect(bytes.includes('1,204.10')).toBe(false);
});

test('what was changed in the storage, or in the row, is not handed out', async () => {
  const id = await keep('a paper');
  const [entry] = stored();
  const path = join(entry?.parentPath ?? '', entry?.name ?? '');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3);
  writeFileSync(path, bytes);
  await expect(read(id)).rejects.toThrow();
  bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3);
  writeFileSync(path, bytes);
  expect(await read(id)).toBe('a paper');
  await app.pool.query('update document_files set sha256 = $1 where document_id = $2', [Buffer.alloc(32), id]);
  await expect(read(id)).rejects.toThrow('SHA-256');
});

test('a new secret: documents under the earlier one are read, and moved to the new one without touching their bytes', async () => {
  const id = await keep('a paper');
  const before = stored().map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const both = { ...needs, keys: createKeyRing(['a new secret', 'the secret of this test']) };
  const alone = { ...needs, keys: createKeyRing(['a new secret']) };
  await expect(read(id, alone)).rejects.toMatchObject({ code: 'document_unreadable' });
  expect(await read(id, both)).toBe('a paper');
  const own = 'where user_id = $1';
  expect((await reconcileDocuments(both, new AbortController().signal)).rekeyed).toBeGreaterThan(0);
  expect((await app.pool.query(`select distinct key_id from document_files ${own}`, [owner.id])).rows).toEqual([
    { key_id: alone.keys.presentId },
  ]);
  expect(await read(id, alone)).toBe('a paper');
  expect(stored().map((entry) => readFileSync(join(entry.parentPath, entry.name)))).toEqual(before);
});

test('a file passes through: the storage is never further behind its sender than a few pieces', async () => {
  let sent = 0;
  let furthest = 0;
  async function* content(): AsyncIterable<Buffer> {
    for (let piece = 0; piece < 100; piece += 1) {
      sent += 65_536;
      yield Buffer.alloc(65_536, 'a');
    }
  }
  const counting: FileStorage = {
    ...needs.storage,
    write: async (_name, bytes) => {
      let received = 0;
      for await (const piece of bytes) {
        received += piece.length;
        furthest = Math.max(furthest, sent - received);
      }
    },
  };
  await receiveFile({ ...needs, storage: counting }, owner.id, { content: content(), fileName: 'long.txt' });
  expect(sent).toBe(6_553_600);
  expect(furthest).toBeLessThan(4 * 65_536);
});

describe('limits', () => {
  test('what two uploads at once may take together is the quota', async () => {
    const tight = { ...needs, limits: { ...needs.limits, quotaBytes: 150 } };
    const files = [await receive('x'.repeat(100), tight), await receive('y'.repeat(100), tight)];
    const outcomes = await Promise.allSettled(files.map((file) => keepDocument(tight, caller(), { file, notes: NOTES })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(receive('z'.repeat(51), tight)).rejects.toMatchObject({ code: 'document_quota' });
    await expect(receive('z'.repeat(50), tight)).resolves.toMatchObject({ byteCount: 50 });
  });

  test('versions count like documents; and there is a most of documents', async () => {
    const tight = { ...needs, limits: { ...needs.limits, quotaBytes: 150, mostDocuments: 1 } };
    const id = await keep('x'.repeat(100), tight);
    const second = await receive('y', tight);
    await expect(keepDocument(tight, caller(), { file: second, notes: NOTES })).rejects.toMatchObject({ code: 'document_quota' });
    expect((await keepVersion(tight, caller(), { file: second, id })).version).toBe(2);
  });
});

test('for an export every version comes with its bytes and a path of its own', async () => {
  const id = await keep('first');
  await keepVersion(needs, caller(), { file: await receive('second'), id });
  await keep('another');
  const exported = [];
  for await (const item of exportDocuments(needs, owner.id)) {
    const parts = [];
    for await (const part of await item.read()) parts.push(part);
    exported.push([item.version, item.path.startsWith(`documents/${item.document.id}/${item.version}-`), Buffer.concat(parts).toString()]);
  }
  expect(exported).toEqual([
    [2, true, 'second'],
    [1, true, 'first'],
    [1, true, 'another'],
  ]);
});
