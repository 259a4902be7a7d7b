import { createHmac } from 'node:crypto';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { networkOf } from '../../platform/limits/index.ts';
import type { Device, KnownDevices } from '../accounts/index.ts';
import { hasDevice, noteDevice } from './device-store.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

export interface DeviceBook extends KnownDevices {
  /** Notes that the user signed in on the device, within the transaction that opens the session. */
  note(tx: Tx, userId: string, device: Device & { readonly at: number }): Promise<'first' | 'new' | 'known'>;
}

/** A device is a program, whatever its version, on a network. Only the keyed hash of both is kept. */
export function createKnownDevices({ db, key }: { readonly db: Db; readonly key: Buffer }): DeviceBook {
  const hashOf = ({ ip, userAgent }: Device) =>
    createHmac('sha256', key)
      .update(`${networkOf(ip)} ${userAgent.replace(/[\d.]+/g, '')}`)
      .digest();
  return {
    isKnown: (userId, device) => hasDevice(db, userId ?? NOBODY, hashOf(device)),
    note: (tx, userId, { at, ...device }) => noteDevice(tx, { userId, hash: hashOf(device), at }),
  };
}
