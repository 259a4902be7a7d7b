import { createHash, randomBytes } from 'node:crypto';
import type { Document } from '@holdfast/contract/documents';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import { multipartForm } from '../../testing/multipart-form.ts';
import type { FormFile } from '../../testing/multipart-form.ts';

let app: TestApp;
let ada: TestUser;
beforeAll(async () => {
  app = await startTestApp({ settings: { DOCUMENT_MAX_BYTES: '300000' } });
  ada = await app.user('ada');
});
afterAll(async () => {
  await app.close();
});

const PDF = Buffer.concat([
  Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n', 'latin1'),
  randomBytes(150_000),
  Buffer.from('\n%%EOF\n'),
]);
const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from('0000000d4944415478da63fcffff3f0300050001ff0b6d6dd30000000049454e44ae426082', 'hex'),
]);

async function upload(file: FormFile, fields: Readonly<Record<string, string>> = {}, by = ada): Promise<Document> {
  const answer = await app.as(by).post('documents', undefined, multipartForm(file, fields));
  expect([answer.status, answer.text]).toEqual([201, answer.text]);
  return answer.as<Document>();
}

const filesOf = async (user: TestUser) =>
  (await app.pool.query<{ name: string; state: string }>('select name, state from document_files where user_id = $1', [user.id])).rows;

test('a document is kept as it was sent, found again and read again', async () => {
  const { id: portfolioId } = (await app.as(ada).post('portfolios', { name: 'Mine', kind: 'tracked', baseCurrency: 'EUR' })).as<{
    id: string;
  }>();
  const fields = { kind: 'tax', portfolioId, note: ' by post ', taxYear: '2025' };
  const kept = await upload({ name: 'Bescheinigung München.pdf', content: PDF }, fields);
  const sha256 = createHash('sha256').update(PDF).digest('hex');
  expect(kept).toMatchObject({
    kind: 'tax',
    portfolioId,
    note: 'by post',
    taxYear: 2025,
    mediaType: 'application/pdf',
    sha256,
    version: 1,
  });
  expect(kept).toMatchObject({ byteCount: PDF.length, canPreview: true, isMissing: false });
  expect((await app.as(ada).get(`documents/${kept.id}`)).body).toEqual(kept);
  const content = await app.as(ada).get(`documents/${kept.id}/content`);
  expect(content.bytes.equals(PDF)).toBe(true);
  expect(content.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(PDF.length),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
  });
  expect(content.headers['content-disposition']).toMatch(
    /^attachment; filename="Bescheinigung M_+nchen\.pdf"; filename\*=UTF-8''Bescheinigung%20M/,
  );
  const audit = await app.pool.query("select details from audit_entries where action = 'document.added' and subject_id = $1", [kept.id]);
  expect(audit.rows).toEqual([{ details: { version: 1, mediaType: 'application/pdf', byteCount: PDF.length } }]);
});

describe('what a file is, its content says', () => {
  test.each([
    ['a picture called a program', 'setup.exe', PNG, 'image/png', 'setup.exe.png'],
    ['text', 'notes.txt', 'Bought on the 3rd.', 'text/plain', 'notes.txt'],
    ['CSV in an old alphabet', 'umsätze.csv', Buffer.from('Datum;Wert\n01.02.2025;Gebühr\n', 'latin1'), 'text/csv', null],
    ['a path as its name', '..\\..\\evil/../../x.pdf', PDF, 'application/pdf', 'x.pdf'],
  ])('%s', async (_what, name, content, mediaType, fileName) => {
    const kept = await upload({ name, content });
    expect(kept.mediaType).toBe(mediaType);
    if (fileName !== null) expect(kept.fileName).toBe(fileName);
  });

  test.each([
    ['a program for Windows', 'tax.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['a program for Linux', 'tax.pdf', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)])],
    ['a page', 'tax.txt', '<!doctype html><script>alert(1)</script>'],
    ['a page after a byte order mark and space', 'tax.csv', '\ufeff \n <html>'],
    ['a drawing with scripts', 'tax.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a shell script', 'tax.txt', '#!/bin/sh\nrm -rf /\n'],
    ['an archive', 'tax.pdf', Buffer.from('504b0304140000000000000000000000000000000000000000000500000061612e747874', 'hex')],
    ['noise', 'tax.pdf', Buffer.from('00010203fffefd', 'hex')],
  ])('%s is refused, and nothing of it stays', async (_what, name, content) => {
    const eve = await app.user(`eve-${randomBytes(4).toString('hex')}`);
    const answer = await app.as(eve).post('documents', undefined, multipartForm({ name, content }));
    expect([answer.status, answer.code]).toEqual([415, 'unsupported_media_type']);
    expect(await filesOf(eve)).toEqual([]);
  });
});

describe('a form that is wrong', () => {
  test.each([
    ['no file', null, {}, 'invalid_value'],
    ['an empty file', '', {}, 'invalid_value'],
    ['a kind there is not', 'text', { kind: 'secret' }, 'invalid_value'],
    ['a year that is none', 'text', { taxYear: 'last' }, 'invalid_value'],
    ['an id that is none', 'text', { portfolioId: 'mine' }, 'invalid_value'],
    ['a field there is not', 'text', { colour: 'red' }, 'unknown_field'],
    ['a portfolio of nobody', 'text', { portfolioId: '01980a5e-7c1e-7000-8000-00000000f001' }, 'not_found'],
  ])('%s', async (_what, content, fields, code) => {
    const answer = await app
      .as(ada)
      .post('documents', undefined, multipartForm(content === null ? null : { name: 'a.txt', content }, fields));
    expect(answer.code).toBe(code);
    expect((await filesOf(ada)).filter(({ state }) => state !== 'kept')).toEqual([]);
  });

  test('no form at all', async () => {
    expect((await app.as(ada).post('documents', { kind: 'tax' })).code).toBe('unsupported_media_type');
  });

  test('the portfolio of another is not found', async () => {
    const eve = await app.user('eve-portfolio');
    const { items } = (await app.as(ada).get('portfolios')).as<{ items: { id: string }[] }>();
    const fields = { portfolioId: items[0]?.id ?? '' };
    expect((await app.as(eve).post('documents', undefined, multipartForm({ name: 'a.txt', content: 'x' }, fields))).code).toBe('not_found');
    const mine = await upload({ name: 'a.txt', content: 'x' }, {}, eve);
    expect((await app.as(eve).patch(`documents/${mine.id}`, fields)).code).toBe('not_found');
    expect((await filesOf(eve)).length).toBe(1);
  });
});

describe('a download that broke off goes on', () => {
  test('parts, by number and from the end, are those of the file', async () => {
    const { id, sha256 } = await upload({ name: 'long.pdf', content: PDF });
    const get = (headers: Readonly<Record<string, string>>) => app.as(ada).get(`documents/${id}/content`, { headers });
    const first = await get({ range: 'bytes=0-99999' });
    expect([first.status, first.headers['content-range']]).toEqual([206, `bytes 0-99999/${PDF.length}`]);
    const rest = await get({ range: 'bytes=100000-', 'if-range': `"${sha256}"` });
    expect(rest.status).toBe(206);
    expect(Buffer.concat([first.bytes, rest.bytes]).equals(PDF)).toBe(true);
    expect((await get({ range: 'bytes=-5' })).text).toBe('%EOF\n');
    // Another file by now: all of it is sent.
    expect((await get({ range: 'bytes=100000-', 'if-range': '"another"' })).status).toBe(200);
    expect((await get({ range: `bytes=${PDF.length}-` })).code).toBe('range_not_satisfiable');
  });
});

describe('a look at a document', () => {
  test('a picture is shown without scripts and without an origin, in frames of ours alone; a PDF as its viewer needs it', async () => {
    const picture = await upload({ name: 'a.png', content: PNG });
    const shown = await app.as(ada).get(`documents/${picture.id}/content?preview=true`);
    expect(shown.headers['content-disposition']).toMatch(/^inline; /);
    expect(shown.headers['content-security-policy']).toMatch(/^default-src 'none'; img-src 'self'; sandbox; .*frame-ancestors 'self'$/);
    expect(shown.headers['x-frame-options']).toBe('SAMEORIGIN');
    const paper = await upload({ name: 'a.pdf', content: PDF });
    const page = await app.as(ada).get(`documents/${paper.id}/content?preview=true`);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; object-src 'self'; .*frame-ancestors 'self'$/);
    expect(page.headers['content-security-policy']).not.toContain('sandbox');
    const saved = await app.as(ada).get(`documents/${paper.id}/content`);
    expect(saved.headers['content-security-policy']).toMatch(/sandbox; .*frame-ancestors 'none'$/);
    expect(saved.headers['x-frame-options']).toBe('DENY');
  });

  test('what a browser would not show safely is only ever saved', async () => {
    const tiff = await upload({ name: 'a.tiff', content: Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(100)]) });
    expect(tiff).toMatchObject({ mediaType: 'image/tiff', canPreview: false });
    const answer = await app.as(ada).get(`documents/${tiff.id}/content?preview=true`);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; /);
  });
});

test('versions: the newest is shown, the earlier ones stay', async () => {
  const kept = await upload({ name: 'draft.txt', content: 'first' }, { name: 'Contract' });
  const newer = await app.as(ada).post(`documents/${kept.id}/versions`, undefined, multipartForm({ name: 'final.txt', content: 'second' }));
  expect([newer.status, newer.body]).toMatchObject([201, { version: 2, name: 'Contract', fileName: 'final.txt' }]);
  const { items } = (await app.as(ada).get(`documents/${kept.id}/versions`)).as<{ items: { version: number; fileName: string }[] }>();
  expect(items.map(({ version, fileName }) => [version, fileName])).toEqual([
    [2, 'final.txt'],
    [1, 'draft.txt'],
  ]);
  expect((await app.as(ada).get(`documents/${kept.id}/content`)).text).toBe('second');
  expect((await app.as(ada).get(`documents/${kept.id}/content?version=1`)).text).toBe('first');
  expect((await app.as(ada).get(`documents/${kept.id}/content?version=3`)).code).toBe('not_found');
});

test('what is noted is changed field by field; null takes it away', async () => {
  const kept = await upload({ name: 'a.txt', content: 'a' }, { note: 'old', taxYear: '2024' });
  expect((await app.as(ada).patch(`documents/${kept.id}`, { name: ' Letter ', kind: 'statement' })).body).toMatchObject({
    name: 'Letter',
    kind: 'statement',
    note: 'old',
    taxYear: 2024,
  });
  expect((await app.as(ada).patch(`documents/${kept.id}`, { note: null, taxYear: null })).body).toMatchObject({
    note: null,
    taxYear: null,
  });
  expect((await app.as(ada).patch(`documents/${kept.id}`, { name: '  ' })).code).toBe('invalid_value');
});

test('removing takes the document, its versions and their bytes', async () => {
  const owner = await app.user('remover');
  const kept = await upload({ name: 'a.txt', content: 'a' }, {}, owner);
  await app.as(owner).post(`documents/${kept.id}/versions`, undefined, multipartForm({ name: 'b.txt', content: 'b' }));
  expect(await filesOf(owner)).toHaveLength(2);
  expect((await app.as(owner).delete(`documents/${kept.id}`)).status).toBe(204);
  expect((await app.as(owner).get(`documents/${kept.id}`)).code).toBe('not_found');
  expect((await app.as(owner).get(`documents/${kept.id}/content`)).code).toBe('not_found');
  expect(await filesOf(owner)).toEqual([]);
});

test('an Idempotency-Key keeps one document, whatever is sent twice', async () => {
  const owner = await app.user('repeater');
  const send = (content: string, note = 'n') => {
    const form = multipartForm({ name: 'a.txt', content }, { note });
    return app.as(owner).post('documents', undefined, { ...form, headers: { ...form.headers, 'idempotency-key': 'once' } });
  };
  const first = await send('a');
  const again = await send('a');
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect((await send('b')).code).toBe('idempotency_key_reused');
  expect((await send('a', 'other')).code).toBe('idempotency_key_reused');
  expect(await filesOf(owner)).toHaveLength(1);
});

test('a file over the limit is refused, and nothing of it stays', async () => {
  const owner = await app.user('heavy');
  const at = await app.as(owner).post('documents', undefined, multipartForm({ name: 'a.txt', content: 'x'.repeat(300_000) }));
  expect(at.status).toBe(201);
  const over = await app.as(owner).post('documents', undefined, multipartForm({ name: 'a.txt', content: 'x'.repeat(300_001) }));
  expect([over.status, over.code]).toEqual([413, 'too_large']);
  expect(await filesOf(owner)).toHaveLength(1);
});
