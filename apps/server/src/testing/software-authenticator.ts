/** An authenticator made of software: it keeps ES256 keys and speaks the formats of WebAuthn Level 3, section 6. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED_DATA = 0x40;

export interface SoftwareAuthenticator {
  /** What a browser on the page sends after navigator.credentials.create(). */
  create(options: { readonly challenge: string; readonly rp: { readonly id: string }; readonly user: { readonly id: string } }): object;
  /** What it sends after navigator.credentials.get(): with the credential that it has. */
  get(options: { readonly challenge: string; readonly rpId: string }): object & { readonly id: string };
}

export interface AuthenticatorTraits {
  readonly origin: string;
  /** False: nobody showed a finger, a face or a PIN. */
  readonly verifiesUser?: boolean;
  /** How much the counter rises with each use; 0 like those that copy their keys to other devices. */
  readonly counts?: number;
}

export function softwareAuthenticator({ origin, verifiesUser = true, counts = 1 }: AuthenticatorTraits): SoftwareAuthenticator {
  const id = randomBytes(16);
  let counter = 0;
  let keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject; readonly userHandle: string } | null = null;
  const flags = USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0);
  const clientData = (type: string, challenge: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const header = (rpId: string, allFlags: number) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE((counter += counts));
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([allFlags]), count]);
  };
  const outside = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {} };
  return {
    create: ({ challenge, rp, user }) => {
      keys = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), userHandle: user.id };
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(keys.publicKey)]);
      const authData = Buffer.concat([header(rp.id, flags | ATTESTED_DATA), attested]);
      const attestationObject = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      );
      const response = {
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      };
      return { ...outside, response };
    },
    get: ({ challenge, rpId }) => {
      if (keys === null) throw new Error('The authenticator has no key yet.');
      const data = clientData('webauthn.get', challenge);
      const authData = header(rpId, flags);
      const signed = Buffer.concat([authData, createHash('sha256').update(data).digest()]);
      const response = {
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(keys.privateKey).toString('base64url'),
        userHandle: keys.userHandle,
      };
      return { ...outside, response };
    },
  };
}

/** RFC 9053, section 7.1.1: an EC2 key for ES256 on P-256. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

/** As much of CBOR (RFC 8949) as is needed: whole numbers, texts, bytes, maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, entry]) => [cbor(key), cbor(entry)])]);
  throw new Error('This kind of value is not written.');
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
