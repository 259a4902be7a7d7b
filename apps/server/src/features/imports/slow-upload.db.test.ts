import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
  });
}

test('an upload may take long; any other body that does not come ends its connection', async () => {
  const app = await startTestApp();
  const admin = await app.user('slow', 'admin');
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.http.server.address() as AddressInfo;
  const body = [
    '--b\r\ncontent-disposition: form-data; name="file"; filename="slow.csv"\r\n\r\n',
    `${HEADER}\nSLOW.NYSE,05/01/2026,10:00:00,1,1,1,1,1,1,0`,
    '\r\n--b--\r\n',
  ].join('');
  const head = (path: string, type: string, length: number) =>
    `POST /api/v1/${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer ${admin.accessToken}\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n`;
  const upload = connect(port, '127.0.0.1');
  const uploaded = answerOf(upload);
  const arrived = new Promise((resolve) => app.http.server.once('request', resolve));
  upload.write(head('imports/ticks', 'multipart/form-data; boundary=b', body.length) + body.slice(0, 100));
  await arrived;
  const stalled = connect(port, '127.0.0.1');
  const ended = answerOf(stalled);
  const came = new Promise((resolve) => app.http.server.once('request', resolve));
  stalled.write(head('me/password', 'application/json', 1_000) + '{');
  await came;
  app.clock.advance(60_000);

  expect(await ended).toContain(' 504 ');
  upload.write(body.slice(100));
  expect(await uploaded).toContain(' 202 ');
  await app.close();
});
