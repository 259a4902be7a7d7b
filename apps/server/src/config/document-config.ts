import { secretFault } from './secret-rules.ts';
import type { SettingValues } from './settings.ts';

export type DocumentConfig = {
  /** Null: on this machine's disk. */
  readonly s3: {
    readonly bucket: string;
    readonly prefix: string;
    readonly region: string;
    readonly endpoint: string | null;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
    readonly pathStyle: boolean;
  } | null;
  /** What keys are derived from: the present one first. Null stands for SECRET_KEY. */
  readonly secrets: readonly (string | null)[];
  readonly mostBytes: number;
  readonly quotaBytes: number;
  readonly mostDocuments: number;
  /** Null: files are not scanned. */
  readonly scanner: { readonly host: string; readonly port: number } | { readonly path: string } | null;
};

export function documentConfig(values: SettingValues): DocumentConfig {
  const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = values;
  return {
    s3:
      values.documentStorage === 'disk'
        ? null
        : {
            bucket: values.s3Bucket ?? '',
            prefix: values.s3Prefix,
            region: values.s3Region,
            endpoint: values.s3Endpoint,
            credentials: accessKeyId === null || secretAccessKey === null ? null : { accessKeyId, secretAccessKey },
            pathStyle: values.s3PathStyle ?? values.s3Endpoint !== null,
          },
    secrets: [values.documentKey, ...secretsBefore(values)],
    mostBytes: values.documentMaxBytes,
    quotaBytes: values.documentQuotaBytes,
    mostDocuments: values.documentMaxCount,
    scanner: values.clamdAddress === null ? null : scannerAt(values.clamdAddress),
  };
}

function secretsBefore({ documentKeysBefore: list }: SettingValues): string[] {
  return (list ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}

function scannerAt(address: string): DocumentConfig['scanner'] {
  if (address.startsWith('/')) return { path: address };
  const [, host, port] = /^(?:tcp:\/\/)?([^\s/:]+|\[[0-9a-f:]+\]):(\d{1,5})$/i.exec(address) ?? [];
  return host === undefined ? null : { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

export function documentFaults(values: SettingValues, production: boolean): string[] {
  const faults: string[] = [];
  if (values.documentStorage === 's3' && values.s3Bucket === null)
    faults.push('S3_BUCKET: missing. DOCUMENT_STORAGE is s3; write the bucket, or DOCUMENT_STORAGE=disk.');
  if ((values.s3AccessKeyId === null) !== (values.s3SecretAccessKey === null))
    faults.push(
      `${values.s3AccessKeyId === null ? 'S3_ACCESS_KEY_ID' : 'S3_SECRET_ACCESS_KEY'}: missing. The name of a key and the key go together; write both or neither.`,
    );
  if (values.clamdAddress !== null && scannerAt(values.clamdAddress) === null)
    faults.push(`CLAMD_ADDRESS: got ${JSON.stringify(values.clamdAddress.slice(0, 80))}. Write host:port, or the path of a socket.`);
  const weak = production && values.documentKey !== null ? secretFault(values.documentKey, 32) : null;
  if (weak !== null)
    faults.push(
      `DOCUMENT_KEY: got a text of ${String(values.documentKey?.length ?? 0)} characters (not shown), which production refuses. Write ${weak}.`,
    );
  return faults;
}
