/**
 * Tailwind maps names only: every value is a CSS variable of src/dashboard/theme/tokens.css.
 *
 * @type {import("tailwindcss").Config}
 */
export default {
  content: ["./index.html", "./src/dashboard/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        page: "var(--color-page)",
        panel: "var(--color-panel)",
        raised: "var(--color-raised)",
        line: "var(--color-line)",
        control: "var(--color-control)",
        text: "var(--color-text)",
        muted: "var(--color-muted)",
        focus: "var(--color-focus)",
        idle: "var(--color-idle)",
        preparing: "var(--color-preparing)",
        prepared: "var(--color-prepared)",
        committing: "var(--color-committing)",
        committed: "var(--color-committed)",
        rebooting: "var(--color-rebooting)",
        act: "var(--color-act)",
        done: "var(--color-done)",
        look: "var(--color-look)",
        link: "var(--color-link)",
        person: "var(--color-person)",
        stale: "var(--color-stale)",
        tone: "var(--tone)",
        band: "var(--band)",
        edge: "var(--edge)",
        ink: "var(--ink)",
        tint: "var(--tint)",
        now: "var(--now)",
        "now-text": "var(--now-text)",
        "tint-act": "var(--tint-act)",
        "tint-person": "var(--tint-person)",
        "tint-look": "var(--tint-look)",
      },
      fontFamily: {
        sans: ["Inter Variable", "system-ui", "sans-serif"],
        mono: ["JetBrains Mono Variable", "ui-monospace", "monospace"],
      },
    },
  },
};
