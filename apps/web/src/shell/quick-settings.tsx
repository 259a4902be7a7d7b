import { changeLanguage } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { changePreferences, usePreferences } from '../preferences/preferences-store.ts';
import type { Language, Preferences } from '../preferences/preferences.ts';
import { IconButton } from '../ui/button.tsx';

const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' } as const satisfies Record<Preferences['theme'], Preferences['theme']>;
const THEME_ICON = { system: 'screen', light: 'sun', dark: 'moon' } as const;

export function ThemeButton() {
  const { t } = useTranslation();
  const { theme } = usePreferences();
  return (
    <IconButton
      icon={THEME_ICON[theme]}
      label={t('shell.themeNow', { theme: t(`settings.theme.${theme}`) })}
      onClick={() => {
        changePreferences({ theme: NEXT_THEME[theme] });
      }}
    />
  );
}

export function AmountsButton() {
  const { t } = useTranslation();
  const { hideAmounts } = usePreferences();
  return (
    <IconButton
      icon={hideAmounts ? 'eye-off' : 'eye'}
      label={t('shell.hideAmounts')}
      keys="Shift+H"
      aria-pressed={hideAmounts}
      onClick={() => {
        changePreferences({ hideAmounts: !hideAmounts });
      }}
    />
  );
}

/** Fetches the words first, so that the page never stands there half translated. */
export async function chooseLanguage(language: Language): Promise<void> {
  await changeLanguage(language);
  changePreferences({ language });
}

export function LanguageButton() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const other = language === 'en' ? 'de' : 'en';
  return (
    <button type="button" className="button plain small" lang={other} onClick={() => void chooseLanguage(other)}>
      {t(`settings.language.${other}`)}
    </button>
  );
}
