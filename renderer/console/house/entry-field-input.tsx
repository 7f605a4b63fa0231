import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntryField } from "./entry-field.ts";

interface EntryFieldInputProps {
  readonly field: EntryField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** Asks for one member of an entry. */
export function EntryFieldInput({ field, value, onChange }: EntryFieldInputProps) {
  const { t } = useTranslation();
  const label = t(`console.house.members.${field.label}`);
  switch (field.as) {
    case "text":
      return <Text label={label} value={asText(value)} onChange={text => onChange(text === "" ? undefined : text)} />;
    case "number":
      return (
        <Text
          label={label}
          value={asText(value)}
          onChange={text => onChange(text === "" ? undefined : asNumber(text))}
          numeric
        />
      );
    case "flag":
      return (
        <label className="flag">
          <input
            type="checkbox"
            checked={value === true}
            onChange={event => onChange(event.target.checked || undefined)}
          />
          {label}
        </label>
      );
    case "lines":
      return <Lines label={label} value={listed(value)} onChange={onChange} />;
    case "numbers":
      return <Lines label={label} value={listed(value)} onChange={lines => onChange(lines?.map(asNumber))} />;
    case "choice":
      return (
        <label>
          {label}
          <select value={asText(value)} onChange={event => onChange(event.target.value || undefined)}>
            <option value="">{t("console.house.none")}</option>
            {field.choices.map(choice => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        </label>
      );
    case "several":
      return <Several label={label} value={listed(value)} choices={field.choices} onChange={onChange} />;
    default:
      return field satisfies never;
  }
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly numeric?: boolean;
}

function Text({ label, value, onChange, numeric = false }: TextProps) {
  return (
    <label>
      {label}
      <input
        value={value}
        inputMode={numeric ? "numeric" : "text"}
        autoComplete="off"
        spellCheck={false}
        onChange={event => onChange(event.target.value)}
      />
    </label>
  );
}

interface LinesProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (lines: readonly string[] | undefined) => void;
}

/** One a line. What is typed stays as it is typed, whatever of it counts already. */
function Lines({ label, value, onChange }: LinesProps) {
  const [typed, setTyped] = useState(value.join("\n"));
  const counted = linesOf(typed);
  const shown = counted.join("\n") === value.join("\n") ? typed : value.join("\n");
  return (
    <label>
      {label}
      <textarea
        rows={Math.max(2, shown.split("\n").length)}
        spellCheck={false}
        value={shown}
        onChange={event => {
          setTyped(event.target.value);
          const lines = linesOf(event.target.value);
          onChange(lines.length === 0 ? undefined : lines);
        }}
      />
    </label>
  );
}

interface SeveralProps extends LinesProps {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

function Several({ label, value, choices, onChange }: SeveralProps) {
  const change = (choice: string, isOn: boolean) => {
    const chosen = choices.map(known => known.value).filter(known => (known === choice ? isOn : value.includes(known)));
    onChange(chosen.length === 0 ? undefined : chosen);
  };
  return (
    <fieldset className="several">
      <legend>{label}</legend>
      {choices.map(choice => (
        <label key={choice.value}>
          <input
            type="checkbox"
            checked={value.includes(choice.value)}
            onChange={event => change(choice.value, event.target.checked)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map(line => line.trim())
    .filter(line => line !== "");
}

function listed(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function asText(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}

/** What is no number stays what it is: the broker says what is wrong with it. */
function asNumber(text: string): number | string {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
