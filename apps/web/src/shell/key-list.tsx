import { useTranslation } from '../i18n/use-translation.ts';
import { usePreferences } from '../preferences/preferences-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SHORTCUTS } from './shortcuts.ts';

export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { singleKeys } = usePreferences();
  return (
    <Dialog open onClose={onClose} title={t('keys.title')}>
      {!singleKeys && <p className="muted">{t('keys.off')}</p>}
      <dl>
        {SHORTCUTS.filter((shortcut) => singleKeys || !shortcut.single).map((shortcut) => (
          <div className="fact" key={shortcut.keys.join()}>
            <dt>{t(`keys.${shortcut.name}`)}</dt>
            <dd className="row tight end">
              {shortcut.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
