import type { Reading, SettingType } from './setting.ts';

export const text: SettingType<string> = { words: 'text', read: (value) => ({ value }) };

export function integer(range: { readonly min: number; readonly max: number }): SettingType<number> {
  const words = `whole number, ${String(range.min)} to ${String(range.max)}`;
  return {
    words,
    read: (value) => {
      const figure = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      return figure >= range.min && figure <= range.max ? { value: figure } : { wanted: `a ${words}` };
    },
  };
}

const flagWords: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  '1': true,
  false: false,
  off: false,
  no: false,
  '0': false,
};

/** on and off, in the spellings that environments use. */
export const flag: SettingType<boolean> = {
  words: 'on or off (also true/false, yes/no, 1/0)',
  read: (value) => {
    const found = flagWords[value.toLowerCase()];
    return found === undefined ? { wanted: 'on or off' } : { value: found };
  },
};

export function choice<const Word extends string>(...words: readonly Word[]): SettingType<Word> {
  const list = words.join(', ');
  return {
    words: words.length === 1 ? list : `one of ${list}`,
    read: (value) => {
      const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
      return found === undefined
        ? { wanted: words.length === 1 ? `${list}, the only choice of this version` : `one of ${list}` }
        : { value: found };
    },
  };
}

/** An address with one of the given schemes, kept as it was written. */
export function address(...schemes: readonly string[]): SettingType<string> {
  const wanted = `an address such as ${schemes[0] ?? ''}://host`;
  return {
    words: `address (${schemes.map((scheme) => `${scheme}://`).join(', ')})`,
    read: (value) => {
      const url = URL.canParse(value) ? new URL(value) : null;
      return url !== null && schemes.some((scheme) => url.protocol === `${scheme}:`) ? { value } : { wanted };
    },
  };
}

/** What Sentry calls a DSN. */
export const sentryAddress: SettingType<string> = {
  words: 'address such as https://KEY@sentry.example.com/PROJECT',
  read: (value) =>
    /^https?:\/\/[^@/\s]+@[^/\s]+(\/[^/\s]+)*\/\d+$/.test(value)
      ? { value }
      : { wanted: 'the DSN of a project, such as https://KEY@sentry.example.com/7' },
};

/** Scheme, host and port with nothing behind them; a closing slash is dropped. */
export const origin: SettingType<string> = {
  words: 'origin such as https://portfolio.example.org',
  read: (value) => originOf(value) ?? { wanted: 'an origin such as https://portfolio.example.org, without a path' },
};

export const origins: SettingType<readonly string[]> = {
  words: 'origins, separated by commas',
  read: (value) => {
    const readings = items(value).map(originOf);
    const values = readings.flatMap((reading) => (reading === null ? [] : [reading.value]));
    return values.length === readings.length
      ? { value: Object.freeze(values) }
      : {
          wanted:
            'origins separated by commas, each like https://portfolio.example.org; * is not accepted, since cookies travel with requests',
        };
  },
};

/** Host names; `*` allows all, a leading dot allows the name and all below it. */
export const hostNames: SettingType<readonly string[]> = {
  words: 'host names, separated by commas',
  read: (value) => {
    const names = items(value).map((name) => name.toLowerCase());
    const sound = names.every((name) => name === '*' || /^\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$|^\[?[0-9a-f:.]+\]?$/.test(name));
    return sound && names.length > 0
      ? { value: Object.freeze(names) }
      : { wanted: 'host names separated by commas, without scheme, port or path, such as portfolio.example.org,.example.net' };
  },
};

export const emailAddress: SettingType<string> = {
  words: 'e-mail address',
  read: (value) =>
    value.length <= 254 && /^[^\s@<>]+@[^\s@<>]+$/.test(value) ? { value } : { wanted: 'an e-mail address such as owner@example.org' },
};

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const otherLevelNames: Readonly<Record<string, LogLevel>> = { warning: 'warn', critical: 'fatal', off: 'silent' };

export const logLevel: SettingType<LogLevel> = {
  words: `one of ${logLevels.join(', ')} (also warning, critical; upper case too)`,
  read: (value) => {
    const word = value.toLowerCase();
    const level = logLevels.find((name) => name === word) ?? otherLevelNames[word];
    return level === undefined ? { wanted: `one of ${logLevels.join(', ')}` } : { value: level };
  },
};

/** false trusts no one, true everyone, a number that many proxies, a list the proxies at these addresses. */
export type TrustedProxies = boolean | number | readonly string[];

export const trustedProxies: SettingType<TrustedProxies> = {
  words: 'off, on, a number of proxies, or addresses and networks separated by commas',
  read: (value): Reading<TrustedProxies> => {
    if (/^\d{1,2}$/.test(value)) return { value: Number(value) };
    const word = flagWords[value.toLowerCase()];
    if (word !== undefined) return { value: word };
    const names = items(value);
    return names.length > 0 && names.every((name) => /^[0-9a-f:.]+(\/\d{1,3})?$|^(loopback|linklocal|uniquelocal)$/i.test(name))
      ? { value: Object.freeze(names) }
      : { wanted: 'off, on, a number of proxies such as 1, or addresses such as 10.0.0.0/8,127.0.0.1' };
  },
};

function originOf(value: string): { readonly value: string } | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return bare && (url.protocol === 'http:' || url.protocol === 'https:') ? { value: url.origin } : null;
}

function items(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
