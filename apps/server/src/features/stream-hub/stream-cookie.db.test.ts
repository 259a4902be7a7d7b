/** Over TLS a socket takes the cookie that is bound to the host, and no other: a neighbouring host can set the others. */
import { expect, test } from 'vitest';
import { connectStream } from '../../testing/stream-peer.ts';
import { startTestApp } from '../../testing/test-app.ts';

test.each([
  { names: ['__Host-holdfast_session'], publicUrl: 'https://localhost', known: true },
  { names: ['holdfast_session'], publicUrl: 'https://localhost', known: false },
  { names: ['holdfast_session'], publicUrl: 'http://localhost', known: true },
  { names: ['__Host-holdfast_session'], publicUrl: 'http://localhost', known: false },
])('behind $publicUrl a socket with the cookie $names.0 is known: $known', async ({ names, publicUrl, known }) => {
  const app = await startTestApp({ settings: { PUBLIC_URL: publicUrl } });
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const user = await app.user('cookie');
  const id = (await app.as(user).post('portfolios', { name: 'Mine', kind: 'paper' })).as<{ id: string }>().id;
  const peer = await connectStream(app, { cookie: names.map((name) => `${name}=${user.accessToken}`).join('; ') });
  peer.say({ type: 'subscribe', channels: [`portfolio:${id}`] });
  const answer = known ? await peer.next('snapshot') : await peer.next('error');
  expect(answer).toMatchObject(known ? { channel: `portfolio:${id}` } : { code: 'unauthenticated' });
  peer.close();
  await app.close();
});
