interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  /** What an empty choice is called; absent: there is none. */
  readonly none?: string;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
}

/** One of several, with its label. */
export function ChoiceField({ label, value, none, choices, onChange }: ChoiceFieldProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={event => onChange(event.target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
    </label>
  );
}
