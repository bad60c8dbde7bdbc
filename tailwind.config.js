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
        link: "var(--color-link)",
      },
      fontFamily: {
        sans: ["Inter Variable", "system-ui", "sans-serif"],
        mono: ["JetBrains Mono Variable", "ui-monospace", "monospace"],
      },
    },
  },
};
