import { useTranslation } from '../../i18n/use-translation.ts';
import { changeLanguage } from '../../i18n/i18n.ts';
import { changePreferences, usePreferences } from '../../preferences/preferences-store.ts';
import { DIRECTIONS, LANGUAGES, type Direction } from '../../preferences/preferences.ts';
import { Arrow } from '../../ui/figures/change.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import './appearance.css';

/** How this browser shows things; every choice takes effect at once. */
export function Appearance() {
  const { t } = useTranslation();
  const { theme, density, language, motion, singleKeys, hideAmounts } = usePreferences();
  return (
    <section className="card" aria-labelledby="appearance">
      <h2 id="appearance">{t('settings.appearance')}</h2>
      <Line label={t('settings.themeLabel')}>
        <Segmented
          label={t('settings.themeLabel')}
          value={theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          onChange={(value) => {
            changePreferences({ theme: value });
          }}
        />
      </Line>
      <Line label={t('settings.densityLabel')}>
        <Segmented
          label={t('settings.densityLabel')}
          value={density}
          options={(['compact', 'normal', 'roomy'] as const).map((value) => ({ value, label: t(`settings.density.${value}`) }))}
          onChange={(value) => {
            changePreferences({ density: value });
          }}
        />
      </Line>
      <Line label={t('settings.languageLabel')}>
        <Segmented
          label={t('settings.languageLabel')}
          value={language}
          options={LANGUAGES.map((value) => ({ value, label: t(`settings.language.${value}`) }))}
          onChange={(value) =>
            void changeLanguage(value).then(() => {
              changePreferences({ language: value });
            })
          }
        />
      </Line>
      <DirectionChoice />
      <Check
        label={t('settings.motion')}
        text={t('settings.motionText')}
        checked={motion === 'reduced'}
        onChange={(reduced) => {
          changePreferences({ motion: reduced ? 'reduced' : 'system' });
        }}
      />
      <Check
        label={t('settings.singleKeys')}
        text={t('settings.singleKeysText')}
        checked={singleKeys}
        onChange={(value) => {
          changePreferences({ singleKeys: value });
        }}
      />
      <Check
        label={t('settings.hideAmounts')}
        text={t('settings.hideAmountsText')}
        checked={hideAmounts}
        onChange={(value) => {
          changePreferences({ hideAmounts: value });
        }}
      />
    </section>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="row between">
      <span className="muted">{label}</span>
      {children}
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly text: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Check({ label, text, checked, onChange }: CheckProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      <span>
        {label}
        <br />
        <span className="small faint">{text}</span>
      </span>
    </label>
  );
}

/** Which colours mean up and down, each shown as it will look. The arrows stay in every one of them. */
function DirectionChoice() {
  const { t } = useTranslation();
  const { direction } = usePreferences();
  return (
    <fieldset className="choices">
      <legend className="muted">{t('settings.directionLabel')}</legend>
      <div className="direction-choices">
        {DIRECTIONS.map((value) => (
          <label className="choice" key={value}>
            <input
              type="radio"
              name="direction"
              checked={direction === value}
              onChange={() => {
                changePreferences({ direction: value });
              }}
            />
            <span className="grow">{t(`settings.direction.${value}`)}</span>
            <Sample direction={value} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Sample({ direction }: { readonly direction: Direction }) {
  return (
    <span className="direction-sample" data-sample={direction} aria-hidden="true">
      <span className="change up">
        <Arrow direction="up" /> +1.2
      </span>
      <span className="change down">
        <Arrow direction="down" /> −0.8
      </span>
    </span>
  );
}
