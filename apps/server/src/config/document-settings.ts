import { setting } from './setting.ts';
import { address, choice, flag, integer, text } from './setting-types.ts';

export const documentSettings = {
  documentStorage: setting({
    name: 'DOCUMENT_STORAGE',
    type: choice('disk', 's3'),
    default: 'disk',
    description:
      'Where the bytes of documents lie: disk is the folder documents in DATA_DIR, s3 any store that speaks S3. Several servers need s3, or one shared folder.',
  }),
  documentKey: setting({
    name: 'DOCUMENT_KEY',
    type: text,
    default: null,
    defaultWords: 'SECRET_KEY',
    description:
      'What the key is derived from that documents are encrypted with. Without it that is SECRET_KEY, and who changes one changes the other.',
    secret: true,
    productionRule: 'at least 32 characters, no placeholder',
  }),
  documentKeysBefore: setting({
    name: 'DOCUMENT_KEYS_BEFORE',
    type: text,
    default: null,
    defaultWords: 'none',
    description:
      'Earlier values of DOCUMENT_KEY, or of SECRET_KEY where that was used, separated by commas: documents kept under them stay readable and are moved to the present key every night.',
    secret: true,
  }),
  documentMaxBytes: setting({
    name: 'DOCUMENT_MAX_BYTES',
    type: integer({ min: 1_024, max: 1_073_741_824 }),
    default: 26_214_400,
    defaultWords: '26214400, which is 25 MiB',
    description: 'The largest file that is taken as a document.',
  }),
  documentQuotaBytes: setting({
    name: 'DOCUMENT_QUOTA_BYTES',
    type: integer({ min: 1_024, max: 1_099_511_627_776 }),
    default: 1_073_741_824,
    defaultWords: '1073741824, which is 1 GiB',
    description: 'How much all documents of a user may take, earlier versions included.',
  }),
  documentMaxCount: setting({
    name: 'DOCUMENT_MAX_COUNT',
    type: integer({ min: 1, max: 1_000_000 }),
    default: 2_000,
    description: 'How many documents a user may keep.',
  }),
  s3Bucket: setting({
    name: 'S3_BUCKET',
    type: text,
    default: null,
    defaultWords: 'unset',
    description: 'The bucket for documents, with DOCUMENT_STORAGE=s3. What lies below S3_PREFIX in it belongs to this installation alone.',
  }),
  s3Prefix: setting({ name: 'S3_PREFIX', type: text, default: 'documents/', description: 'Stands before every name in the bucket.' }),
  s3Region: setting({
    name: 'S3_REGION',
    aliases: ['AWS_REGION'],
    type: text,
    default: 'us-east-1',
    description: 'The region of the bucket.',
  }),
  s3Endpoint: setting({
    name: 'S3_ENDPOINT',
    type: address('https', 'http'),
    default: null,
    defaultWords: 'Amazon’s own',
    description: 'Where a store other than Amazon’s is reached.',
  }),
  s3AccessKeyId: setting({
    name: 'S3_ACCESS_KEY_ID',
    aliases: ['AWS_ACCESS_KEY_ID'],
    type: text,
    default: null,
    defaultWords: 'from the surroundings, such as the role of the machine',
    description: 'The name of the key to the bucket. Needs S3_SECRET_ACCESS_KEY.',
  }),
  s3SecretAccessKey: setting({
    name: 'S3_SECRET_ACCESS_KEY',
    aliases: ['AWS_SECRET_ACCESS_KEY'],
    type: text,
    default: null,
    defaultWords: 'unset',
    description: 'The key to the bucket.',
    secret: true,
  }),
  s3PathStyle: setting({
    name: 'S3_PATH_STYLE',
    type: flag,
    default: null,
    defaultWords: 'on with S3_ENDPOINT, else off',
    description: 'on writes the bucket into the path and not into the host name, as most stores other than Amazon’s want it.',
  }),
  clamdAddress: setting({
    name: 'CLAMD_ADDRESS',
    type: text,
    default: null,
    defaultWords: 'unset: files are not scanned',
    description:
      'A clamd that looks through every document before it is kept: host:port, or the path of its socket. While it does not answer no document is taken.',
  }),
} as const;
