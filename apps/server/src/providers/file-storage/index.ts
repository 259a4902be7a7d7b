/** Where files lie: on this machine's disk, or in a store that speaks S3. */
export { openDiskStorage } from './disk-storage.ts';
export { FileMissing } from './file-storage.ts';
export type { ByteSpan, FileStorage, StoredFile } from './file-storage.ts';
export { openS3Storage } from './s3-storage.ts';
export type { S3Options } from './s3-storage.ts';
