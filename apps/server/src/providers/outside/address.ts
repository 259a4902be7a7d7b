/** Which addresses are public unicast: those that a request to somebody else's server may go to. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IANA special-purpose registry of IPv4, https://www.iana.org/assignments/iana-ipv4-special-registry, with multicast and what is reserved. */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/**
 * Of IPv6 only 2000::/3 is given out as global unicast; of that, the special blocks of
 * https://www.iana.org/assignments/iana-ipv6-special-registry are taken out: 2001::/23 (with Teredo), documentation, 6to4, SRv6.
 */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const;

const notPublic4 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_4) notPublic4.addSubnet(network, prefix, 'ipv4');
const notPublic6 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_6) notPublic6.addSubnet(network, prefix, 'ipv6');
const given6 = new BlockList();
given6.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an address, written in any way that a resolver answers, is public. One that carries an IPv4 address (mapped, ::ffff:0:0/96, or
 * NAT64, 64:ff9b::/96) is judged by that one.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  const groups = groupsOf(address);
  const carried = carriedAddress(groups);
  if (carried !== null) return !notPublic4.check(carried, 'ipv4');
  return given6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

function carriedAddress(groups: readonly number[]): string | null {
  const begins = (...prefix: readonly number[]) => prefix.every((group, at) => groups[at] === group);
  if (!begins(0, 0, 0, 0, 0, 0xffff) && !begins(0x64, 0xff9b, 0, 0, 0, 0)) return null;
  return [6, 7].flatMap((at) => [(groups[at] ?? 0) >> 8, (groups[at] ?? 0) & 0xff]).join('.');
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): readonly number[] {
  // A dotted tail stands for two groups.
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map((byte) => Number.parseInt(byte, 10));
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return groups(head);
  const [first, last] = [groups(head), groups(tail)];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}
