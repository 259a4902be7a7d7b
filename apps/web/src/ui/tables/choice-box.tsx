interface ChoiceBoxProps {
  readonly label: string;
  /** What stands for no choice. */
  readonly all: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string | undefined) => void;
}

/** One of several, or all of them, in the tools above a list. */
export function ChoiceBox({ label, all, value, options, onChoose }: ChoiceBoxProps) {
  return (
    <select
      className="input compact"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => {
        onChoose(event.target.value === '' ? undefined : event.target.value);
      }}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
