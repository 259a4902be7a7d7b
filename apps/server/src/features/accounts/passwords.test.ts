import { describe, expect, test } from 'vitest';
import { createHashQueue } from './hash-queue.ts';
import { checkPassword } from './password-rules.ts';
import { createPasswords } from './passwords.ts';
import type { AppError } from '../../platform/http/index.ts';

const passwords = createPasswords();

describe('hashes', () => {
  test('are argon2id with 19 MiB, 2 passes, 1 lane, and differ each time', async () => {
    const [one, other] = await Promise.all([passwords.hash('a good sentence'), passwords.hash('a good sentence')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify('a good sentence', one)).toBe(true);
    expect(await passwords.verify('a good sentencE', one)).toBe(false);
    expect(passwords.isOutdated(one)).toBe(false);
  });

  // bcrypt: vectors of the Openwall crypt_blowfish package. Django: `make_password` of Django's own documentation form, computed with
  // Python's hashlib.pbkdf2_hmac('sha256', b'lètmein', b'seasalt', 10000), as in Django's test suite (tests/auth_tests/test_hashers.py).
  test.each([
    ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['U*U*', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
    ['U*U', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['lètmein', 'pbkdf2_sha256$10000$seasalt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY='],
  ])('%s belongs to %s, which is renewed', async (password, stored) => {
    expect(await passwords.verify(password, stored)).toBe(true);
    expect(await passwords.verify(`${password}x`, stored)).toBe(false);
    expect(passwords.isOutdated(stored)).toBe(true);
  });

  test.each([
    '',
    'plain text',
    '!unusable',
    'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99',
    'pbkdf2_sha256$99999999$salt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY=',
    'pbkdf2_sha256$0$salt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY=',
    '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  ])('nothing belongs to %j', async (stored) => {
    expect(await passwords.verify('U*U', stored)).toBe(false);
  });

  test('an unknown user is computed too', async () => {
    expect(await passwords.verify('the password of nobody at all', null)).toBe(false);
  });
});

describe('rules', () => {
  const owner = { email: 'ada.lovelace@example.com', username: 'countess' };
  test.each([
    ['1234567', 'has 7 characters'],
    ['x'.repeat(129), 'has 129 characters'],
    ['PASSWORD123', 'first that are tried'],
    ['aaaaaaaaaa', 'first that are tried'],
    ['12345679', 'first that are tried'],
    ['abababababab', 'first that are tried'],
    ['Ada.Lovelace@Example.com', 'is the e-mail address'],
    ['ada.lovelace', 'is the e-mail address'],
    ['Countess', 'is the e-mail address or the user name'],
  ])('%s: %s', (password, fault) => {
    expect(() => checkPassword(password, owner)).toThrow(fault);
  });

  test.each(['correct horse', 'nur kleine', '84936517', 'x'.repeat(64) + 'abc', '日本語のパスワードです', '🐎🔋📎🐎🔋📎🐎🔋'])(
    '%s will do',
    (password) => {
      expect(() => checkPassword(password, owner)).not.toThrow();
    },
  );
});

describe('the queue', () => {
  test('lets so many compute, so many wait, in order, and refuses the rest with 503', async () => {
    const queue = createHashQueue({ atOnce: 2, waiting: 2 });
    const gates: (() => void)[] = [];
    const done: number[] = [];
    let running = 0;
    let most = 0;
    const work = (number: number) =>
      queue.run(async () => {
        most = Math.max(most, (running += 1));
        await new Promise<void>((resolve) => gates.push(resolve));
        running -= 1;
        done.push(number);
      });
    const accepted = [work(1), work(2), work(3), work(4)];
    await expect(work(5)).rejects.toEqual(expect.objectContaining({ code: 'unavailable', status: 503 }) as AppError);
    while (done.length < 4) {
      gates.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(accepted);
    expect([done, most]).toEqual([[1, 2, 3, 4], 2]);
  });

  test('a failure frees its place', async () => {
    const queue = createHashQueue({ atOnce: 1, waiting: 0 });
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run(async () => 'yes')).toBe('yes');
  });
});
