import { setting } from './setting.ts';
import type { SettingType } from './setting.ts';
import { address, text } from './setting-types.ts';

/** Who a mail is from: an address, or a name with the address in angle brackets. */
const sender: SettingType<string> = {
  words: 'sender such as Holdfast <holdfast@example.org>',
  read: (value) =>
    value.length <= 254 && /^([^<>\r\n]+<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(value)
      ? { value }
      : { wanted: 'an address such as holdfast@example.org, or Holdfast <holdfast@example.org>' },
};

/** Hosts with or without a port; a leading dot takes all names below, `*` all. */
const outsideHosts: SettingType<readonly string[]> = {
  words: 'host names or addresses, with or without a port, separated by commas',
  read: (value) => {
    const hosts = value
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== '');
    const sound = hosts.every((host) => /^(\*|\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(host));
    return sound && hosts.length > 0
      ? { value: Object.freeze(hosts) }
      : { wanted: 'hosts separated by commas, without scheme or path, such as hooks.example.org,10.0.0.7:9000' };
  },
};

const contact: SettingType<string> = {
  words: 'mailto: or https: address',
  read: (value) =>
    /^mailto:[^\s@<>]+@[^\s@<>]+$/.test(value) || (value.startsWith('https://') && URL.canParse(value))
      ? { value }
      : { wanted: 'an address such as mailto:owner@example.org or https://example.org/contact' },
};

/** How messages leave the server. */
export const messageSettings = {
  smtpUrl: setting({
    name: 'SMTP_URL',
    type: address('smtp', 'smtps'),
    default: null,
    defaultWords: 'unset: no mail is sent, and whoever asks for one is told so',
    description:
      'The mail server, as smtps://user:password@mail.example.org or smtp://mail.example.org:587. Over smtp:// the connection is encrypted where the server offers it; ?requireTLS=true insists on it.',
    secret: true,
    productionRule: 'no placeholder password',
  }),
  mailFrom: setting({
    name: 'MAIL_FROM',
    type: sender,
    default: 'Holdfast <holdfast@localhost>',
    description: 'The sender of every mail: an address, or a name with the address in angle brackets.',
  }),
  webhookAllowHosts: setting({
    name: 'WEBHOOK_ALLOW_HOSTS',
    type: outsideHosts,
    default: [] as readonly string[],
    defaultWords: 'none: only public addresses, over https',
    description:
      'Hosts that webhooks and push may reach although their address is not public, and over http too. A leading dot takes all names below, * all.',
  }),
  vapidPublicKey: setting({
    name: 'VAPID_PUBLIC_KEY',
    type: text,
    default: null,
    defaultWords: 'unset: the server makes a pair on its first start and keeps it in the database',
    description: 'The public key that push services know this server by, base64url. Goes with VAPID_PRIVATE_KEY.',
  }),
  vapidPrivateKey: setting({
    name: 'VAPID_PRIVATE_KEY',
    type: text,
    default: null,
    defaultWords: 'unset',
    description: 'The private key that goes with VAPID_PUBLIC_KEY, base64url.',
    secret: true,
  }),
  vapidSubject: setting({
    name: 'VAPID_SUBJECT',
    type: contact,
    default: null,
    defaultWords: 'the address of MAIL_FROM',
    description: 'Whom a push service may write to about our messages, as mailto:owner@example.org or an https address.',
  }),
} as const;

/** Keys that do not fit together are found at the start, not when the first message is to go out. */
export function messageFaults(values: { readonly vapidPublicKey: string | null; readonly vapidPrivateKey: string | null }): string[] {
  const { vapidPublicKey: publicKey, vapidPrivateKey: privateKey } = values;
  if (publicKey === null && privateKey === null) return [];
  if (publicKey === null) return ['VAPID_PUBLIC_KEY: missing. VAPID_PRIVATE_KEY is set; write both or neither.'];
  if (privateKey === null) return ['VAPID_PRIVATE_KEY: missing. VAPID_PUBLIC_KEY is set; write both or neither.'];
  const faults: string[] = [];
  // RFC 8292: an uncompressed point of P-256 is 65 bytes, its private key 32.
  if (Buffer.from(publicKey, 'base64url').length !== 65)
    faults.push('VAPID_PUBLIC_KEY: got a text that is no key. Write the 87 characters of a P-256 public key in base64url.');
  if (Buffer.from(privateKey, 'base64url').length !== 32)
    faults.push('VAPID_PRIVATE_KEY: got a text that is no key (not shown). Write the 43 characters of a P-256 private key in base64url.');
  return faults;
}
