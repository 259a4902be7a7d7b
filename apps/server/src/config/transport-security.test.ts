import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { authorityFile, databaseWithTls, transportFaults } from './transport-security.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const plain = 'postgres://user:word@db.example.com:5432/holdfast';

test.each([
  ['no sslmode, no authority: as it was', plain, null, plain],
  ['disable stays', `${plain}?sslmode=disable`, '/ca.pem', `${plain}?sslmode=disable`],
  ['require alone encrypts', `${plain}?sslmode=require`, null, `${plain}?sslmode=require&uselibpqcompat=true`],
  [
    'require with an authority checks it',
    `${plain}?sslmode=require`,
    '/ca.pem',
    `${plain}?sslmode=require&sslrootcert=%2Fca.pem&uselibpqcompat=true`,
  ],
  ['an authority alone checks everything', plain, '/ca.pem', `${plain}?sslmode=verify-full&sslrootcert=%2Fca.pem&uselibpqcompat=true`],
  [
    "the address's own authority wins",
    `${plain}?sslmode=verify-ca&sslrootcert=/own.pem`,
    '/ca.pem',
    `${plain}?sslmode=verify-ca&sslrootcert=%2Fown.pem&uselibpqcompat=true`,
  ],
])('%s', (_, url, authority, expected) => {
  expect(databaseWithTls(url, { authority, mode: null })).toBe(expected);
});

test('DB_SSL_MODE speaks where the address says nothing', () => {
  const withMode = (url: string) => databaseWithTls(url, { authority: null, mode: 'require' });
  expect(withMode(plain)).toBe(`${plain}?sslmode=require&uselibpqcompat=true`);
  expect(withMode(`${plain}?sslmode=disable`)).toBe(`${plain}?sslmode=disable`);
});

test('an authority is a file or the text of a certificate', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'ca.pem'), PEM);
  writeFileSync(join(folder, 'key.pem'), 'secret');
  const faults = (dbCaCert: string | null) => transportFaults({ dbCaCert, redisCaCert: null, requireHttps: null, publicUrl: null }, folder);
  expect(faults(null)).toEqual([]);
  expect(faults('ca.pem')).toEqual([]);
  expect(faults(PEM)).toEqual([]);
  expect(faults('absent.pem')).toEqual([
    'DB_CA_CERT: there is no file absent.pem. Write the path of a PEM file, or the certificate itself.',
  ]);
  expect(faults('key.pem')).toEqual(['DB_CA_CERT: key.pem holds no certificate in PEM.']);
});

test('HTTPS can be required where there is an address that speaks it', () => {
  const faults = (requireHttps: boolean | null, publicUrl: string | null) =>
    transportFaults({ dbCaCert: null, redisCaCert: null, requireHttps, publicUrl }, '/');
  expect(faults(true, 'https://holdfast.example.com')).toEqual([]);
  expect(faults(null, null)).toEqual([]);
  expect(faults(true, 'http://holdfast.example.com')).toEqual([expect.stringContaining('REQUIRE_HTTPS: on without a PUBLIC_URL')]);
});

test('text is kept in a file of its own, which its owner alone reads', () => {
  const folder = newFolder();
  const at = { folder, dataDirectory: join(folder, 'kept') };
  const file = authorityFile({ setting: 'DB_CA_CERT', given: PEM.replaceAll('\n', '\\n') }, at);
  expect(file).toBe(join(folder, 'kept', 'db-ca-cert.pem'));
  expect(readFileSync(file ?? '', 'utf8')).toBe(PEM);
  expect(statSync(file ?? '').mode & 0o777).toBe(0o600);
  expect(authorityFile({ setting: 'DB_CA_CERT', given: 'ca.pem' }, at)).toBe(join(folder, 'ca.pem'));
});
