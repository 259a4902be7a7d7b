import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { MailRefused, openMailer } from './index.ts';
import type { Mailer } from './index.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Received {
  readonly mails: string[];
  readonly url: string;
}

/** A real SMTP server on this machine. */
async function startServer(options: SMTPServerOptions = {}): Promise<Received> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: options.onAuth === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    allowInsecureAuth: true,
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
    ...options,
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const bound = listening.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return { mails, url: `smtp://127.0.0.1:${port}` };
}

function mailerTo(url: string): Mailer {
  const mailer = openMailer({ smtpUrl: url, from: 'Holdfast <holdfast@example.org>' });
  closers.push(() => mailer.close());
  return mailer;
}

const message = {
  messageId: '019a-1@holdfast.example.org',
  to: 'user@example.com',
  subject: 'Größe erreicht',
  text: 'Apple ist über 230.',
  html: '<p>Apple ist über 230.</p>',
  headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
};

test('a message arrives with its sender, id, headers and both bodies', async () => {
  const server = await startServer();
  const mailer = mailerTo(server.url);
  expect(mailer.isOn).toBe(true);
  await mailer.send(message);
  const [mail = ''] = server.mails;
  expect(mail).toContain('From: Holdfast <holdfast@example.org>');
  expect(mail).toContain('To: user@example.com');
  expect(mail).toContain('Message-ID: <019a-1@holdfast.example.org>');
  expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(mail).toContain('Content-Type: text/plain; charset=utf-8');
  expect(mail).toContain('Content-Type: text/html; charset=utf-8');
});

test('user and password of the address sign in', async () => {
  const seen: unknown[] = [];
  const server = await startServer({
    onAuth({ username, password }, _session, done) {
      seen.push([username, password]);
      done(null, { user: username ?? '' });
    },
  });
  await mailerTo(server.url.replace('smtp://', 'smtp://me%40example.org:p%3Aw@')).send(message);
  expect(seen).toEqual([['me@example.org', 'p:w']]);
});

const refusals = [
  [550, true],
  [451, false],
] as const;

test.each(refusals)('a server that answers %i: final is %s', async (responseCode, isFinal) => {
  const server = await startServer({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('not here'), { responseCode })),
  });
  const error = await mailerTo(server.url)
    .send(message)
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Error);
  expect(error instanceof MailRefused).toBe(isFinal);
});

test('a refused login and a server that is away are not final', async () => {
  const server = await startServer({ onAuth: (_auth, _session, done) => done(new Error('wrong')) });
  const away = await startServer();
  await closers.pop()?.();
  for (const url of [server.url.replace('smtp://', 'smtp://a:b@'), away.url]) {
    const error = await mailerTo(url)
      .send(message)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
  }
});

test('without a mail server messages go nowhere, and it says so', async () => {
  const mailer = openMailer({ smtpUrl: null, from: 'x@example.org' });
  expect(mailer.isOn).toBe(false);
  await mailer.send(message);
});
