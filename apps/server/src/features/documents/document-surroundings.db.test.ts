/** The whole app over an S3 store, behind a scanner, and when a user goes. */
import { expect, onTestFinished, test } from 'vitest';
import { EICAR, startClamdServer } from '../../testing/clamd-server.ts';
import { multipartForm } from '../../testing/multipart-form.ts';
import { startS3Server } from '../../testing/s3-server.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

async function appWith(settings: Readonly<Record<string, string>>): Promise<TestApp> {
  const app = await startTestApp({ settings });
  onTestFinished(() => app.close());
  return app;
}

async function runJob(app: TestApp, name: string): Promise<void> {
  const job = app.app.jobs.find((each) => each.name === name);
  await job?.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal });
}

test('over S3: kept, read in part, lost, removed', async () => {
  const store = await startS3Server({ accessKeyId: 'key', secretAccessKey: 'a secret' });
  onTestFinished(() => store.close());
  const app = await appWith({
    DOCUMENT_STORAGE: 's3',
    S3_BUCKET: 'papers',
    S3_ENDPOINT: store.url,
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'a secret',
  });
  const ada = await app.user('ada');
  const kept = await app.as(ada).post('documents', undefined, multipartForm({ name: 'a.txt', content: 'a paper of mine' }));
  const { id } = kept.as<{ id: string }>();
  expect(store.keys()).toHaveLength(1);
  expect(store.keys()[0]).toMatch(/^papers\/documents\/[0-9a-f]{32}$/);
  expect(store.get(store.keys()[0] ?? '')?.includes('paper')).toBe(false);
  expect((await app.as(ada).get(`documents/${id}/content`, { headers: { range: 'bytes=2-6' } })).text).toBe('paper');
  store.remove(store.keys()[0] ?? '');
  expect((await app.as(ada).get(`documents/${id}/content`)).code).toBe('document_unreadable');
  await runJob(app, 'reconcile-documents');
  expect((await app.as(ada).get(`documents/${id}`)).body).toMatchObject({ isMissing: true });
  expect((await app.as(ada).delete(`documents/${id}`)).status).toBe(204);
  expect(store.keys()).toEqual([]);
});

test('behind a scanner: clean files are kept, others refused, and without it nothing is taken', async () => {
  const clamd = await startClamdServer();
  const app = await appWith({ CLAMD_ADDRESS: `127.0.0.1:${clamd.port}` });
  const ada = await app.user('ada');
  const send = (content: string, to = 'documents') => app.as(ada).post(to, undefined, multipartForm({ name: 'a.txt', content }));
  const clean = await send('clean');
  expect(clean.status).toBe(201);
  expect(clamd.scanned.map(String)).toEqual(['clean']);
  const harmful = await send(`so it begins: ${EICAR}`);
  expect([harmful.code, harmful.as<{ detail: string }>().detail]).toEqual([
    'document_infected',
    'The scanner found Eicar-Test-Signature in the file. It was not kept.',
  ]);
  const versions = `documents/${clean.as<{ id: string }>().id}/versions`;
  expect((await send(EICAR, versions)).code).toBe('document_infected');
  await clamd.close();
  expect((await send('clean')).code).toBe('unavailable');
  expect((await app.pool.query('select state from document_files')).rows).toEqual([{ state: 'kept' }]);
});

test('no room: neither for a document nor for a version', async () => {
  const app = await appWith({ DOCUMENT_QUOTA_BYTES: '1024' });
  const ada = await app.user('ada');
  const send = (length: number, to = 'documents') =>
    app.as(ada).post(to, undefined, multipartForm({ name: 'a.txt', content: 'x'.repeat(length) }));
  const { id } = (await send(1_000)).as<{ id: string }>();
  expect((await send(25)).code).toBe('document_quota');
  expect((await send(25, `documents/${id}/versions`)).code).toBe('document_quota');
  expect((await send(24)).status).toBe(201);
});

test('a user who is erased takes the documents along, and the next run of the job their bytes', async () => {
  const app = await appWith({});
  const ada = await app.user('ada');
  await app.as(ada).post('documents', undefined, multipartForm({ name: 'a.txt', content: 'a paper' }));
  expect((await app.as(ada).delete('me?erase=true', { password: ada.password })).status).toBe(204);
  expect((await app.pool.query('select count(*)::integer as count from documents')).rows).toEqual([{ count: 0 }]);
  app.clock.advance(120_000);
  await runJob(app, 'remove-document-bytes');
  expect((await app.pool.query('select count(*)::integer as count from document_files')).rows).toEqual([{ count: 0 }]);
});

test('a portfolio’s documents stay when it goes', async () => {
  const app = await appWith({});
  const ada = await app.user('ada');
  const { id: portfolioId } = (await app.as(ada).post('portfolios', { name: 'P', kind: 'tracked', baseCurrency: 'EUR' })).as<{
    id: string;
  }>();
  const kept = await app.as(ada).post('documents', undefined, multipartForm({ name: 'a.txt', content: 'a paper' }, { portfolioId }));
  await app.pool.query('delete from portfolios where id = $1', [portfolioId]);
  expect((await app.as(ada).get(`documents/${kept.as<{ id: string }>().id}`)).body).toMatchObject({ portfolioId: null });
});
