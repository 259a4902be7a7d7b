import type { Portfolio, Transaction } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconButton } from '../../ui/button.tsx';
import type { Correcting } from './transaction-dialog.tsx';
import { entryOf } from './transaction-entry.ts';

interface CorrectTransactionProps {
  readonly portfolio: Portfolio;
  readonly transaction: Transaction;
  readonly onCorrect: (correcting: Correcting) => void;
}

/** Leads to the form with what was recorded; nothing for types that the form does not know. */
export function CorrectTransaction({ portfolio, transaction, onCorrect }: CorrectTransactionProps) {
  const { t } = useTranslation();
  const before = entryOf(transaction, portfolio.timeZone);
  if (before === null) return null;
  return (
    <IconButton
      icon="edit"
      label={t('transactions.correct', { what: [t(`transactionType.${transaction.type}`), transaction.symbol].filter(Boolean).join(' ') })}
      onClick={() => {
        onCorrect({ transaction, before });
      }}
    />
  );
}
