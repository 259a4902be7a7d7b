import { useState, type ReactNode, type Ref } from 'react';
import { TextField } from '../field.tsx';
import { isDecimalText } from '../figures/decimal-text.ts';
import { readDecimal, writeDecimal } from '../figures/read-decimal.ts';
import { useFigureStyle } from '../figures/use-figure-style.ts';

interface DecimalFieldProps {
  readonly label: string;
  /** What was typed; what it means is told by `onChange` as plain decimal text, or null when it is no number. */
  readonly value: string;
  readonly onChange: (typed: string, meant: string | null) => void;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly optional?: string;
  readonly suffix?: string | undefined;
  readonly id?: string;
  readonly name?: string;
  readonly placeholder?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

/** An exact value as people type it: their decimal mark, pasted thousands separators. What was typed stays until the field is left. */
export function DecimalField({ value, onChange, ...field }: DecimalFieldProps) {
  const { style } = useFigureStyle();
  const [touched, setTouched] = useState<string | null>(null);
  const shown = touched ?? (isDecimalText(value) ? writeDecimal(value, style.locale) : value);
  return (
    <TextField
      {...field}
      className="figure"
      inputMode="decimal"
      autoComplete="off"
      value={shown}
      onChange={(event) => {
        setTouched(event.target.value);
        const meant = readDecimal(event.target.value, style.locale);
        onChange(meant ?? event.target.value, meant);
      }}
      onBlur={() => {
        setTouched(null);
      }}
      onWheel={(event) => {
        event.currentTarget.blur();
      }}
    />
  );
}
