import type { AllocationBy } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { nameOfPart } from '../../ui/allocation/allocation-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { SymbolSearch } from '../../ui/symbol-search.tsx';

const CLASSES = ['stock', 'etf', 'bond', 'fund', 'crypto', 'cash', 'other'] as const;

interface AddTargetProps {
  readonly by: AllocationBy;
  readonly known: readonly string[];
  readonly onAdd: (key: string) => void;
}

/** A part that is not held yet: symbols by search, classes from a list, everything else as it is written. */
export function AddTarget(props: AddTargetProps) {
  const { t } = useTranslation();
  const { by, onAdd } = props;
  if (by === 'assetClass') return <AddClass {...props} />;
  if (by !== 'symbol') return <AddWritten {...props} />;
  return (
    <SymbolSearch
      label={t('targets.add')}
      value=""
      onChoose={({ symbol }) => {
        onAdd(symbol);
      }}
    />
  );
}

function AddClass({ known, onAdd }: AddTargetProps) {
  const { t } = useTranslation();
  const free = CLASSES.filter((name) => !known.includes(name));
  if (free.length === 0) return null;
  return (
    <SelectField
      label={t('targets.add')}
      value=""
      onChange={(event) => {
        onAdd(event.target.value);
      }}
    >
      <option value="" disabled>
        {t('targets.choose')}
      </option>
      {free.map((name) => (
        <option key={name} value={name}>
          {nameOfPart(name, 'assetClass', t)}
        </option>
      ))}
    </SelectField>
  );
}

function AddWritten({ by, onAdd }: AddTargetProps) {
  const { t } = useTranslation();
  const [written, setWritten] = useState('');
  const add = (): void => {
    const key = written.trim();
    if (key === '') return;
    onAdd(by === 'sector' ? key : key.toUpperCase());
    setWritten('');
  };
  return (
    <div className="target-add">
      <TextField
        label={t('targets.add')}
        hint={t(`targets.written.${by === 'sector' || by === 'country' ? by : 'currency'}`)}
        value={written}
        maxLength={100}
        onChange={(event) => {
          setWritten(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      <Button icon="plus" onClick={add}>
        {t('targets.addWritten')}
      </Button>
    </div>
  );
}
