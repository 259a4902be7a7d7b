import i18next, { type TFunction } from 'i18next';
import type { Language } from '../preferences/preferences.ts';
import type { en } from './en/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'app';
    readonly resources: { readonly app: typeof en };
  }
}

export type Translate = TFunction<'app'>;

/** The words of a language come in two files, so that a visitor does not fetch those of pages behind the sign-in. */
type Part = 'first' | 'member';

const parts = {
  en: {
    first: async () => (await import('./en/first-words.ts')).firstWords,
    member: async () => (await import('./en/member-words.ts')).memberWords,
  },
  de: {
    first: async () => (await import('./de/first-words.ts')).firstWords,
    member: async () => (await import('./de/member-words.ts')).memberWords,
  },
} as const satisfies Record<Language, Record<Part, () => Promise<object>>>;

const wanted = new Set<Part>(['first']);
const fetched = new Set<string>();

async function fetchWords(language: Language): Promise<void> {
  const missing = [...wanted].filter((part) => !fetched.has(`${language} ${part}`));
  await Promise.all(
    missing.map(async (part) => {
      i18next.addResourceBundle(language, 'app', await parts[language][part](), true);
      fetched.add(`${language} ${part}`);
    }),
  );
}

/** Ready once the first words of the language are there. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'app',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await fetchWords(language);
}

/** Fetches the words of the pages behind the sign-in, now and for every language chosen later. */
export async function wantMemberWords(): Promise<void> {
  wanted.add('member');
  await fetchWords(i18next.language === 'de' ? 'de' : 'en');
}

/** Fetches first and changes then, so that no page stands there half translated. */
export async function changeLanguage(language: Language): Promise<void> {
  await fetchWords(language);
  await i18next.changeLanguage(language);
}
