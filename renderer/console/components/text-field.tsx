interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Shown, and not to be changed. */
  readonly fixed?: boolean;
}

/** A line of text with its label, as dialogs ask for it. */
export function TextField({ label, value, onChange, fixed = false }: TextFieldProps) {
  return (
    <label>
      {label}
      <input
        value={value}
        readOnly={fixed}
        autoComplete="off"
        spellCheck={false}
        onChange={event => onChange(event.target.value)}
      />
    </label>
  );
}
