/** TLS to PostgreSQL and Redis, from what the settings say. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SettingValues } from './settings.ts';

/** A certificate authority as a setting gives it: a file, or the text itself, for platforms that offer no files. */
export interface Authority {
  readonly setting: string;
  readonly given: string | null;
}

export function authoritiesOf({ dbCaCert, redisCaCert }: Pick<SettingValues, 'dbCaCert' | 'redisCaCert'>) {
  return [
    { setting: 'DB_CA_CERT', given: dbCaCert },
    { setting: 'REDIS_CA_CERT', given: redisCaCert },
  ] as const;
}

type Given = Pick<SettingValues, 'dbCaCert' | 'redisCaCert' | 'requireHttps' | 'publicUrl'>;

export function transportFaults(values: Given, folder: string): readonly string[] {
  const faults = authoritiesOf(values).flatMap((authority) => authorityFaults(authority, folder));
  if (values.requireHttps !== true || values.publicUrl?.startsWith('https:') === true) return faults;
  return [...faults, 'REQUIRE_HTTPS: on without a PUBLIC_URL that begins with https://. Write both, or neither.'];
}

function authorityFaults({ setting, given }: Authority, folder: string): readonly string[] {
  if (given === null || isCertificate(given)) return [];
  const file = resolve(folder, given);
  if (!existsSync(file)) return [`${setting}: there is no file ${given}. Write the path of a PEM file, or the certificate itself.`];
  return isCertificate(readFileSync(file, 'utf8')) ? [] : [`${setting}: ${given} holds no certificate in PEM.`];
}

/** The authority's file. Text that was given is kept in the data directory, since PostgreSQL's addresses name files. */
export function authorityFile(
  { setting, given }: Authority,
  at: { readonly folder: string; readonly dataDirectory: string },
): string | null {
  if (given === null) return null;
  if (!isCertificate(given)) return resolve(at.folder, given);
  const file = join(at.dataDirectory, `${setting.toLowerCase().replaceAll('_', '-')}.pem`);
  mkdirSync(at.dataDirectory, { recursive: true });
  // Some platforms cannot keep line ends in a variable.
  writeFileSync(file, given.replaceAll('\\n', '\n'), { mode: 0o600 });
  return file;
}

/**
 * The database's address with its `sslmode` read as PostgreSQL's own programs read it: `require` encrypts, and checks the certificate only
 * where an authority is known; `verify-ca` and `verify-full` check it. Where the address says nothing, `mode` does; with an authority and
 * neither it is `verify-full`.
 */
export function databaseWithTls(
  url: string,
  { authority, mode }: { readonly authority: string | null; readonly mode: SettingValues['dbSslMode'] },
): string {
  const address = new URL(url);
  const { searchParams } = address;
  const usual = mode ?? (authority === null ? null : 'verify-full');
  if (usual !== null && !searchParams.has('sslmode')) searchParams.set('sslmode', usual);
  if (!searchParams.has('sslmode') || searchParams.get('sslmode') === 'disable') return url;
  if (authority !== null && !searchParams.has('sslrootcert')) searchParams.set('sslrootcert', authority);
  searchParams.set('uselibpqcompat', 'true');
  return address.href;
}

function isCertificate(text: string): boolean {
  return text.includes('-----BEGIN CERTIFICATE-----');
}
