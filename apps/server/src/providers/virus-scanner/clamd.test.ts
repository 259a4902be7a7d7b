import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { EICAR, startClamdServer } from '../../testing/clamd-server.ts';
import type { ClamdRules } from '../../testing/clamd-server.ts';
import { createClamdScanner } from './clamd.ts';
import { ScannerUnavailable } from './virus-scanner.ts';

async function scanner(rules?: ClamdRules) {
  const server = await startClamdServer(rules);
  onTestFinished(() => server.close());
  return { server, scanner: createClamdScanner({ address: { host: '127.0.0.1', port: server.port }, timeoutMs: 10_000 }) };
}

async function scan(under: ReturnType<typeof createClamdScanner>, pieces: readonly Buffer[]): Promise<string | null> {
  const begun = await under.begin();
  for (const piece of pieces) await begun.add(piece);
  return begun.finish();
}

test('a clean file arrives whole and is called clean', async () => {
  const { server, scanner: under } = await scanner();
  const pieces = [randomBytes(100_000), randomBytes(1), randomBytes(65_536)];
  expect(await scan(under, pieces)).toBeNull();
  expect(server.scanned[0]?.equals(Buffer.concat(pieces))).toBe(true);
});

test('what is found has its name, even where it lies over two pieces', async () => {
  const { scanner: under } = await scanner();
  expect(await scan(under, [Buffer.from(EICAR.slice(0, 30)), Buffer.from(EICAR.slice(30))])).toBe('Eicar-Test-Signature');
});

test('a scanner that is too small, mute or away is unavailable: it is never taken for clean', async () => {
  const small = await scanner({ mostBytes: 10 });
  await expect(scan(small.scanner, [Buffer.alloc(11)])).rejects.toThrow('size limit exceeded');
  const mute = await scanner({ isMute: true });
  await expect(scan(mute.scanner, [Buffer.from('x')])).rejects.toBeInstanceOf(ScannerUnavailable);
  const away = createClamdScanner({ address: { path: '/nowhere/clamd.sock' }, timeoutMs: 10_000 });
  await expect(away.begin()).rejects.toBeInstanceOf(ScannerUnavailable);
});
