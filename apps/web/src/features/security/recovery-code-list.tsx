import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { saveFile } from '../../ui/files/save-file.ts';
import { Notice } from '../../ui/states.tsx';

/** The codes are shown this once: to be saved, printed or written down. */
export function RecoveryCodeList({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const text = `Holdfast\n${t('security.recoveryTitle')}\n\n${codes.join('\n')}\n`;
  return (
    <div className="stack">
      <Notice look="warn">{t('security.recoveryText')}</Notice>
      <ul className="recovery-codes" aria-label={t('security.recoveryTitle')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions row end">
        <Button
          icon="download"
          onClick={() => {
            saveFile('holdfast-recovery-codes.txt', new Blob([text], { type: 'text/plain;charset=utf-8' }));
          }}
        >
          {t('security.download')}
        </Button>
        <Button
          onClick={() => {
            globalThis.print();
          }}
        >
          {t('security.print')}
        </Button>
        <Button look="primary" onClick={onDone}>
          {t('security.kept')}
        </Button>
      </div>
    </div>
  );
}
