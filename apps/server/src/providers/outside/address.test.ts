import { expect, test } from 'vitest';
import { isPublicAddress } from './address.ts';

/** As URL writes a host: every spelling of a number becomes one. */
const spelled = (host: string) => new URL(`https://${host}/`).hostname.replace(/^\[|\]$/g, '');

const table = [
  ['127.0.0.1', false],
  ['127.1', false],
  ['2130706433', false],
  ['0x7f.0.0.1', false],
  ['0x7f000001', false],
  ['0177.0.0.1', false],
  ['127.0.0.1.', false],
  ['①②⑦.0.0.1', false],
  ['0', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['100.127.255.255', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['192.0.0.8', false],
  ['192.0.2.1', false],
  ['192.88.99.1', false],
  ['192.168.0.1', false],
  ['198.18.0.1', false],
  ['198.51.100.7', false],
  ['203.0.113.7', false],
  ['224.0.0.1', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
  ['[::]', false],
  ['[::1]', false],
  ['[0:0:0:0:0:0:0:1]', false],
  ['[::127.0.0.1]', false],
  ['[::ffff:127.0.0.1]', false],
  ['[::ffff:7f00:1]', false],
  ['[0:0:0:0:0:ffff:10.0.0.1]', false],
  ['[::ffff:0:127.0.0.1]', false],
  ['[64:ff9b::127.0.0.1]', false],
  ['[64:ff9b::a00:1]', false],
  ['[64:ff9b:1::1]', false],
  ['[100::1]', false],
  ['[2001::1]', false],
  ['[2001:db8::1]', false],
  ['[2002:7f00:1::]', false],
  ['[3fff::1]', false],
  ['[fc00::1]', false],
  ['[fd12:3456::1]', false],
  ['[fe80::1]', false],
  ['[fec0::1]', false],
  ['[ff02::1]', false],
  ['8.8.8.8', true],
  ['100.63.255.255', true],
  ['172.15.255.255', true],
  ['172.32.0.1', true],
  ['[2606:4700:4700::1111]', true],
  ['[2a00:1450:4001:82a::200e]', true],
  ['[::ffff:8.8.8.8]', true],
  ['[64:ff9b::8.8.8.8]', true],
] as const;

test.each(table)('%s is public: %s', (host, outcome) => {
  expect(isPublicAddress(spelled(host))).toBe(outcome);
});

test('what a resolver may answer besides', () => {
  expect(isPublicAddress('::ffff:127.0.0.1')).toBe(false);
  expect(isPublicAddress('64:ff9b::10.0.0.1')).toBe(false);
  expect(isPublicAddress('2606:4700:4700::1111%eth0')).toBe(false);
  expect(isPublicAddress('fe80::1%eth0')).toBe(false);
  expect(isPublicAddress('example.com')).toBe(false);
  expect(isPublicAddress('')).toBe(false);
});
