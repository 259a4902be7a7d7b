interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly title?: string }[];
  readonly onChange: (value: Value) => void;
  readonly fill?: boolean;
}

/** A few choices side by side, one of them pressed. */
export function Segmented<Value extends string>({ label, value, options, onChange, fill = false }: SegmentedProps<Value>) {
  return (
    <div className={fill ? 'segmented fill' : 'segmented'} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          aria-pressed={option.value === value}
          onClick={() => {
            onChange(option.value);
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
