import { expect, test } from 'vitest';
import { readCsrfToken } from './session-cookies.ts';

test.each([
  ['holdfast_csrf=abc', 'abc'],
  ['a=1; __Host-holdfast_csrf=x%3Dy; b=2', 'x=y'],
  ['other_holdfast_csrf=abc', null],
  ['', null],
])('the cookies %j carry the token %j', (cookies, token) => {
  expect(readCsrfToken(cookies)).toBe(token);
});
