import type { Portfolio, Transaction } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { SymbolSearch } from '../../ui/symbol-search.tsx';
import { showToast } from '../../ui/toast.tsx';
import {
  checkEntry,
  emptyEntry,
  ENTRY_TYPES,
  fieldsOf,
  OPTIONAL_FIELDS,
  toCorrection,
  toTransaction,
  type Entry,
  type EntryField,
  type EntryProblems,
} from './transaction-entry.ts';

/** What is corrected: the transaction, and how it stands now. */
export interface Correcting {
  readonly transaction: Transaction;
  readonly before: Entry;
}

interface TransactionDialogProps {
  readonly portfolio: Portfolio;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly correcting?: Correcting | null;
}

/** Records what happened in a tracked portfolio, or corrects what was recorded. */
export function TransactionDialog({ portfolio, open, onClose, correcting = null }: TransactionDialogProps) {
  const { t } = useTranslation();
  const title = correcting === null ? 'transactions.addTitle' : 'transactions.correctTitle';
  return (
    <Dialog look="sheet" open={open} onClose={onClose} title={t(title, { name: portfolio.name })}>
      <TransactionForm portfolio={portfolio} onClose={onClose} correcting={correcting} />
    </Dialog>
  );
}

function TransactionForm({ portfolio, onClose, correcting }: Required<Omit<TransactionDialogProps, 'open'>>) {
  const { t } = useTranslation();
  const [entry, setEntry] = useState<Entry>(() => correcting?.before ?? emptyEntry(new Date()));
  const [problems, setProblems] = useState<EntryProblems>({});
  const save = useSave({ portfolio, correcting, onClose });
  const fields: EntryFields = {
    entry,
    currency: portfolio.baseCurrency,
    change: (part) => {
      setEntry({ ...entry, ...part });
    },
    say: (name) => (problems[name] === undefined ? undefined : t(`form.${problems[name]}`)),
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = checkEntry(entry);
        setProblems(found);
        if (Object.keys(found).length === 0) save.mutate(entry);
      }}
    >
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      {correcting === null && <TypeField {...fields} />}
      {fieldsOf(entry.type).map((name) =>
        name === 'symbol' ? <SymbolField key={name} {...fields} /> : <Amount key={name} {...fields} name={name} />,
      )}
      <WhenFields {...fields} />
      <div className="row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t(correcting === null ? 'transactions.record' : 'action.save')}
        </Button>
      </div>
    </form>
  );
}

interface EntryFields {
  readonly entry: Entry;
  readonly currency: string;
  readonly change: (part: Partial<Entry>) => void;
  readonly say: (name: keyof EntryProblems) => string | undefined;
}

function TypeField({ entry, change }: EntryFields) {
  const { t } = useTranslation();
  return (
    <SelectField
      label={t('transactions.type')}
      value={entry.type}
      onChange={(event) => {
        change({ type: ENTRY_TYPES.find((type) => type === event.target.value) ?? 'buy' });
      }}
    >
      {ENTRY_TYPES.map((type) => (
        <option key={type} value={type}>
          {t(`transactionType.${type}`)}
        </option>
      ))}
    </SelectField>
  );
}

function SymbolField({ entry, change, say }: EntryFields) {
  const { t } = useTranslation();
  return (
    <SymbolSearch
      label={t('transactions.symbol')}
      value={entry.symbol}
      problem={say('symbol')}
      onChoose={(instrument) => {
        change({ symbol: instrument.symbol, currency: instrument.currency });
      }}
    />
  );
}

const COUNTS: readonly EntryField[] = ['quantity', 'newShares', 'oldShares'];

/** Money is in the currency of the instrument where there is one, else in the portfolio's. */
function Amount({ entry, currency, change, say, name }: EntryFields & { readonly name: Exclude<EntryField, 'symbol'> }) {
  const { t } = useTranslation();
  const unit = fieldsOf(entry.type).includes('symbol') ? (entry.currency ?? currency) : currency;
  return (
    <DecimalField
      label={t(`transactions.${name}`)}
      {...(OPTIONAL_FIELDS.includes(name) ? { optional: t('form.optional') } : {})}
      suffix={COUNTS.includes(name) ? undefined : unit}
      value={entry[name]}
      problem={say(name)}
      onChange={(typed) => {
        change({ [name]: typed });
      }}
    />
  );
}

function WhenFields({ entry, change, say }: EntryFields) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t('transactions.day')}
        type="date"
        value={entry.day}
        problem={say('day')}
        onChange={(event) => {
          change({ day: event.target.value });
        }}
      />
      <TextField
        label={t('transactions.note')}
        optional={t('form.optional')}
        maxLength={1000}
        value={entry.note}
        onChange={(event) => {
          change({ note: event.target.value });
        }}
      />
    </>
  );
}

function useSave({ portfolio, correcting, onClose }: Required<Omit<TransactionDialogProps, 'open'>>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (entry: Entry) =>
      correcting === null
        ? api.portfolios.addTransaction(portfolio.id, toTransaction(entry), key)
        : api.portfolios.correctTransaction(portfolio.id, correcting.transaction.id, toCorrection(entry, correcting.before)),
    onSuccess: async () => {
      onClose();
      showToast({ look: 'ok', text: t(correcting === null ? 'transactions.recorded' : 'transactions.corrected') });
      await client.invalidateQueries({ queryKey: portfolioKey(portfolio.id) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
    onError: () => {
      setKey(newKey());
    },
  });
}
