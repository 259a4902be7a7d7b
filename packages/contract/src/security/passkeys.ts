/** Passkeys: WebAuthn Level 3 credentials that are found without a user name and ask for a finger, a face or a PIN. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { GivenPassword } from '../accounts/shapes.ts';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { OpenedSession, sessionExample } from '../sessions/shapes.ts';
import { Closed, Id, Instant, Items, Nullable } from '../shapes.ts';

export const Passkey = Closed({
  id: Id,
  name: Type.String(),
  backedUp: Type.Boolean({ description: 'Whether its keeper copies it to other devices.' }),
  createdAt: Instant,
  lastUsedAt: Nullable(Instant),
});
export type Passkey = Static<typeof Passkey>;

const Text = Type.String({ maxLength: 16_384, pattern: '^[A-Za-z0-9_-]*$' });
const Word = Type.String({ maxLength: 64 });
/** What the browser made, as PublicKeyCredential.toJSON() writes it. What browsers may add is let through and not read. */
const credentialFields = {
  id: Text,
  rawId: Text,
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Nullable(Word)),
  clientExtensionResults: Type.Optional(Type.Object({})),
} as const;

export const RegistrationResponse = Type.Object({
  ...credentialFields,
  response: Type.Object({
    clientDataJSON: Text,
    attestationObject: Text,
    transports: Type.Optional(Type.Array(Word, { maxItems: 16 })),
  }),
});
export const AuthenticationResponse = Type.Object({
  ...credentialFields,
  response: Type.Object({ clientDataJSON: Text, authenticatorData: Text, signature: Text, userHandle: Type.Optional(Nullable(Text)) }),
});

/** For navigator.credentials, as PublicKeyCredential.parseCreationOptionsFromJSON() and parseRequestOptionsFromJSON() read them. */
const Options = Type.Object({ challenge: Type.String() });

const passkey: Passkey = {
  id: '01936f2e-8c00-7000-8000-0000000000b1',
  name: 'Telephone',
  backedUp: true,
  createdAt: '2026-01-05T14:30:00.000Z',
  lastUsedAt: null,
};
const credential = { id: 'Zk3vQ0aL', rawId: 'Zk3vQ0aL', type: 'public-key' } as const;
const common = { tag: 'Security', access: 'user', scope: 'session' } as const;
const path = '/api/v1/me/passkeys';
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

export const listPasskeys = route({
  ...common,
  name: 'listPasskeys',
  method: 'GET',
  path,
  summary: 'The passkeys of the account.',
  answers: { 200: Items(Passkey) },
  errors: [],
  example: { answer: { items: [passkey] } },
});

export const startPasskey = route({
  ...common,
  name: 'startPasskey',
  method: 'POST',
  path: `${path}/options`,
  summary: 'What the browser needs to make a passkey. Good for five minutes.',
  body: Closed({ password: GivenPassword }),
  answers: { 200: Options },
  errors: ['conflict'],
  example: { body: { password: 'correct horse battery staple' }, answer: { challenge: 'q1w2e3r4' } },
});

export const addPasskey = route({
  ...common,
  name: 'addPasskey',
  method: 'POST',
  path,
  summary: 'Adds the passkey that the browser made.',
  body: Closed({ name: Name, credential: RegistrationResponse }),
  answers: { 201: Passkey },
  errors: ['conflict'],
  example: {
    body: { name: 'Telephone', credential: { ...credential, response: { clientDataJSON: 'e30', attestationObject: 'o2M' } } },
    answer: passkey,
  },
});

export const renamePasskey = route({
  ...common,
  name: 'renamePasskey',
  method: 'PATCH',
  path: `${path}/{id}`,
  summary: 'Gives a passkey another name.',
  params: Closed({ id: Id }),
  body: Closed({ name: Name }),
  answers: { 200: Passkey },
  errors: [],
  example: { params: { id: passkey.id }, body: { name: 'Telephone' }, answer: passkey },
});

export const removePasskey = route({
  ...common,
  name: 'removePasskey',
  method: 'DELETE',
  path: `${path}/{id}`,
  summary: 'Removes a passkey. It signs in no longer.',
  params: Closed({ id: Id }),
  body: Closed({ password: GivenPassword }),
  answers: { 204: null },
  errors: [],
  example: { params: { id: passkey.id }, body: { password: 'correct horse battery staple' } },
});

export const startPasskeyLogin = route({
  name: 'startPasskeyLogin',
  method: 'POST',
  path: '/api/v1/auth/passkeys/options',
  tag: 'Sessions',
  summary: 'What the browser needs to sign in with a passkey, whoever it belongs to. Good for five minutes.',
  access: 'public',
  answers: { 200: Options },
  errors: [],
  example: { answer: { challenge: 'q1w2e3r4' } },
});

export const loginWithPasskey = route({
  name: 'loginWithPasskey',
  method: 'POST',
  path: '/api/v1/auth/passkeys',
  tag: 'Sessions',
  summary: 'Signs in with a passkey. It proves two factors at once, so no code is asked for.',
  access: 'public',
  body: Closed({ credential: AuthenticationResponse }),
  answers: { 200: OpenedSession },
  errors: ['invalid_credentials'],
  example: {
    body: { credential: { ...credential, response: { clientDataJSON: 'e30', authenticatorData: 'SZY', signature: 'MEU' } } },
    answer: sessionExample,
  },
});

export const passkeyRoutes: readonly Route[] = [
  listPasskeys,
  startPasskey,
  addPasskey,
  renamePasskey,
  removePasskey,
  startPasskeyLogin,
  loginWithPasskey,
];
