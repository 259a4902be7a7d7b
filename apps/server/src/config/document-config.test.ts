import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';

const read = (environment: Readonly<Record<string, string>>) =>
  readConfig({ environment: { SECRET_KEY: 'a secret of this test alone', ...environment }, folder: tmpdir() }).documents;

test('documents lie on this machine, encrypted with the secret key, unless said otherwise', () => {
  expect(read({})).toEqual({
    s3: null,
    secrets: [null],
    mostBytes: 26_214_400,
    quotaBytes: 1_073_741_824,
    mostDocuments: 2_000,
    scanner: null,
  });
});

test('S3, keys before and a scanner', () => {
  const environment = {
    DOCUMENT_STORAGE: 's3',
    S3_BUCKET: 'papers',
    S3_ENDPOINT: 'https://store.example.org',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'key',
    DOCUMENT_KEY: 'new',
    DOCUMENT_KEYS_BEFORE: 'old, older',
    CLAMD_ADDRESS: '[::1]:3310',
  };
  expect(read(environment)).toMatchObject({
    s3: { bucket: 'papers', prefix: 'documents/', pathStyle: true, credentials: { accessKeyId: 'id', secretAccessKey: 'key' } },
    secrets: ['new', 'old', 'older'],
    scanner: { host: '::1', port: 3310 },
  });
  expect(read({ CLAMD_ADDRESS: '/run/clamd.sock' }).scanner).toEqual({ path: '/run/clamd.sock' });
});

test.each([
  [{ DOCUMENT_STORAGE: 's3' }, 'S3_BUCKET: missing.'],
  [{ S3_ACCESS_KEY_ID: 'id' }, 'S3_SECRET_ACCESS_KEY: missing.'],
  [{ S3_SECRET_ACCESS_KEY: 'key' }, 'S3_ACCESS_KEY_ID: missing.'],
  [{ CLAMD_ADDRESS: 'somewhere' }, 'CLAMD_ADDRESS: got "somewhere". Write host:port'],
  [{ DOCUMENT_MAX_BYTES: 'all' }, 'DOCUMENT_MAX_BYTES: got "all".'],
  [{ NODE_ENV: 'production', DOCUMENT_KEY: 'changeme' }, 'DOCUMENT_KEY: got a text of 8 characters (not shown), which production refuses.'],
])('%j does not start: %s', (environment, words) => {
  expect(() => read(environment as Record<string, string>)).toThrow(words);
});
