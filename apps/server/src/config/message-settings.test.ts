import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../config.ts';

const folder = tmpdir();
const secret = { SECRET_KEY: 'a secret of the tests, long enough for all of them' };

function faults(environment: Record<string, string>): string {
  try {
    readConfig({ environment: { ...secret, ...environment }, folder });
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.join(' | ');
    throw error;
  }
}

test('with nothing set no mail is sent, nothing inside is reached, and the push key is the server’s own', () => {
  expect(readConfig({ environment: secret, folder }).messages).toEqual({
    smtpUrl: null,
    mailFrom: 'Holdfast <holdfast@localhost>',
    webhookAllowHosts: [],
    vapidKeys: null,
    vapidSubject: 'mailto:holdfast@localhost',
  });
});

test('what is set is read', () => {
  const publicKey = Buffer.alloc(65, 4).toString('base64url');
  const privateKey = Buffer.alloc(32, 1).toString('base64url');
  const environment = {
    ...secret,
    SMTP_URL: 'smtps://user:p%40ss@mail.example.org',
    MAIL_FROM: 'Ada & Co <ada@example.org>',
    WEBHOOK_ALLOW_HOSTS: 'Hooks.example.org, 10.0.0.7:9000,[::1],.example.net',
    VAPID_PUBLIC_KEY: publicKey,
    VAPID_PRIVATE_KEY: privateKey,
  };
  expect(readConfig({ environment, folder }).messages).toEqual({
    smtpUrl: 'smtps://user:p%40ss@mail.example.org',
    mailFrom: 'Ada & Co <ada@example.org>',
    webhookAllowHosts: ['hooks.example.org', '10.0.0.7:9000', '[::1]', '.example.net'],
    vapidKeys: { publicKey, privateKey },
    vapidSubject: 'mailto:ada@example.org',
  });
});

const wrong = [
  [{ SMTP_URL: 'http://mail.example.org' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://user:changeme@mail.example.org', NODE_ENV: 'production' }, 'SMTP_URL: got a placeholder'],
  [{ MAIL_FROM: 'Holdfast' }, 'MAIL_FROM'],
  [{ MAIL_FROM: 'Holdfast <a@example.org>, b@example.org' }, 'MAIL_FROM'],
  [{ WEBHOOK_ALLOW_HOSTS: 'https://hooks.example.org/' }, 'WEBHOOK_ALLOW_HOSTS'],
  [{ VAPID_PUBLIC_KEY: 'x' }, 'VAPID_PRIVATE_KEY: missing'],
  [{ VAPID_PRIVATE_KEY: 'x' }, 'VAPID_PUBLIC_KEY: missing'],
  [{ VAPID_PUBLIC_KEY: 'x', VAPID_PRIVATE_KEY: 'y' }, 'VAPID_PUBLIC_KEY: got a text that is no key'],
  [{ VAPID_SUBJECT: 'owner@example.org' }, 'VAPID_SUBJECT'],
] as const;

test.each(wrong)('%j is refused: %s', (environment, fault) => {
  expect(faults(environment)).toContain(fault);
});
