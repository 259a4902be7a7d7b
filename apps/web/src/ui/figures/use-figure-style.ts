import { useMemo } from 'react';
import { usePreferences } from '../../preferences/preferences-store.ts';
import type { FigureStyle } from './format-figure.ts';

/** How figures are written for this reader, and whether amounts may be shown at all. */
export function useFigureStyle(): { readonly style: FigureStyle; readonly hidden: boolean } {
  const { language, hideAmounts } = usePreferences();
  return useMemo(() => ({ style: { locale: regional(language) }, hidden: hideAmounts }), [language, hideAmounts]);
}

/** The reader's own region where it speaks the chosen language (en-GB), else the language alone. */
export function regional(language: string): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}
