import type { ReactNode } from "react";

type ChoiceProperties<Value extends string> = {
  /** The group's name, e.g. `Range`. */
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
};

/** A row of buttons of which one is pressed. */
export function Choice<Value extends string>({
  label,
  options,
  chosen,
  onChoose,
}: ChoiceProperties<Value>): ReactNode {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === chosen}
          onClick={() => onChoose(option.value)}
          className="rounded-md px-2 py-1 text-xs text-muted hover:text-text aria-pressed:bg-raised aria-pressed:font-semibold aria-pressed:text-text"
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
