import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Translate } from './i18n.ts';

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => {
    i18next.off('languageChanged', listener);
  };
}

/** The words of the chosen language; a component that uses it is drawn anew when the language changes. */
export function useTranslation(): { readonly t: Translate; readonly language: string } {
  const language = useSyncExternalStore(subscribe, () => i18next.language);
  return { t: translators.get(language) ?? remember(language), language };
}

/** One function per language, so that it changes exactly when the language does. */
const translators = new Map<string, Translate>();

function remember(language: string): Translate {
  const t = i18next.getFixedT(language, 'app');
  translators.set(language, t);
  return t;
}
