import type { Portfolio } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { AlertDraft } from './alert-draft.ts';
import { AlertForm } from './alert-form.tsx';

interface NewAlertButtonProps {
  readonly portfolios: readonly Portfolio[];
  /** What the alert begins with: an instrument, a portfolio. */
  readonly start?: Partial<AlertDraft>;
  readonly look?: 'normal' | 'primary';
}

/** Opens the form of a new alert above the page. */
export function NewAlertButton({ portfolios, start = {}, look = 'normal' }: NewAlertButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <Button
        icon="bell"
        look={look}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('alerts.new')}
      </Button>
      <Dialog look="sheet" open={open} title={t('alerts.new')} onClose={close}>
        <AlertForm alert={null} start={start} portfolios={portfolios} onDone={close} />
      </Dialog>
    </>
  );
}
