import type { ReactNode } from "react";
import { themeChoice } from "../theme/themeChoice.ts";
import { useStoredChoice } from "../ui/storedChoice.ts";
import { controlClass } from "./Controls.tsx";

const nextTheme = { system: "dark", dark: "light", light: "system" } as const;
const themeWords = { system: "System", dark: "Dark", light: "Light" } as const;

/** Goes round: the system's theme, dark, light. */
export function ThemeButton(): ReactNode {
  const theme = useStoredChoice(themeChoice);
  return (
    <button
      type="button"
      className={controlClass}
      aria-label={`Theme: ${themeWords[theme]}`}
      title={`Theme: ${themeWords[theme]}`}
      onClick={() => themeChoice.set(nextTheme[theme])}
    >
      <svg
        viewBox="0 0 24 24"
        className="size-4"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
        aria-hidden="true"
      >
        {theme === "dark" && (
          <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z" strokeLinejoin="round" />
        )}
        {theme === "light" && (
          <>
            <circle cx="12" cy="12" r="4.4" />
            <path d="M12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4" />
          </>
        )}
        {theme === "system" && (
          <>
            <circle cx="12" cy="12" r="8.6" />
            <path d="M12 3.4a8.6 8.6 0 0 1 0 17.2z" fill="currentColor" />
          </>
        )}
      </svg>
    </button>
  );
}
