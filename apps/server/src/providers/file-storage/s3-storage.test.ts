import { startS3Server } from '../../testing/s3-server.ts';
import { expect, onTestFinished, test } from 'vitest';
import { fileStorageSuite } from './file-storage-suite.ts';
import { openS3Storage } from './s3-storage.ts';

const credentials = { accessKeyId: 'holdfast', secretAccessKey: 'a secret of the tests' };

function storageAt(endpoint: string, other: Partial<typeof credentials> = {}) {
  return openS3Storage({
    bucket: 'papers',
    prefix: 'holdfast/',
    region: 'eu-central-1',
    endpoint,
    // Frozen, as settings are.
    credentials: Object.freeze({ ...credentials, ...other }),
    pathStyle: true,
  });
}

fileStorageSuite('in a store that speaks S3', async () => {
  const server = await startS3Server({ ...credentials, pageSize: 2 });
  return { storage: storageAt(server.url), close: () => server.close() };
});

test('objects lie below the prefix, and what others keep in the bucket is not ours', async () => {
  const server = await startS3Server(credentials);
  const storage = storageAt(server.url);
  onTestFinished(async () => {
    storage.close();
    await server.close();
  });
  const name = '0123456789abcdef'.repeat(2);
  await storage.write(name, [Buffer.from('bytes')]);
  server.put('papers/holdfast/readme.txt', Buffer.from('not ours'));
  server.put(`papers/elsewhere/${name}`, Buffer.from('not ours'));
  expect(server.keys()).toContain(`papers/holdfast/${name}`);
  const names = [];
  for await (const file of storage.list()) names.push(file.name);
  expect(names).toEqual([name]);
});

test('a wrong secret is refused by the store, and nothing is kept', async () => {
  const server = await startS3Server(credentials);
  const storage = storageAt(server.url, { secretAccessKey: 'another' });
  onTestFinished(async () => {
    storage.close();
    await server.close();
  });
  await expect(storage.write('f'.repeat(32), [Buffer.from('x')])).rejects.toThrow('signature');
  expect(server.keys()).toEqual([]);
});
