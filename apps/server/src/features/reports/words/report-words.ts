/** The words of reports by language. A user whose language has none reads English, with figures written the English way. */
import { de } from './de.ts';
import { en } from './en.ts';

type Texts<Words> = { readonly [Key in keyof Words]: Words[Key] extends string ? string : Texts<Words[Key]> };
/** Every language says the same things. */
export type ReportWords = Texts<typeof en>;

export type Language = 'en' | 'de';

const WORDS: Readonly<Record<Language, ReportWords>> = { en, de };

export function wordsIn(language: Language): ReportWords {
  return WORDS[language];
}

/** The language of a BCP 47 tag, and the tag that figures and days are written by. */
export function languageOf(tag: string): { readonly language: Language; readonly locale: string } {
  const [locale] = supportedLocales(tag);
  const language = locale?.split('-')[0]?.toLowerCase();
  return locale !== undefined && (language === 'en' || language === 'de') ? { language, locale } : { language: 'en', locale: 'en' };
}

function supportedLocales(tag: string): readonly string[] {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag);
  } catch {
    // Kept from before tags were checked.
    return [];
  }
}

/** Puts values in place of {names}. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
