import { networkOf } from '../../platform/limits/index.ts';

/** An address as its owner recognises it and nobody else can use it: without the last part of version 4, the first half of version 6. */
export function shownAddress(ip: string): string | null {
  if (ip === '') return null;
  const network = networkOf(ip);
  return network.includes('.') ? network.replace(/\.\d+$/, '.x') : `${network}::/64`;
}
