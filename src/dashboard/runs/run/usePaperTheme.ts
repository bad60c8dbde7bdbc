import { useLayoutEffect } from "react";
import { usePrinting } from "../../ui/printing.ts";

/** Paper is white: while the page is printed it wears the light theme, whatever is chosen. */
export function usePaperTheme(): void {
  const isPrinting = usePrinting();
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    const chosen = dataset["theme"];
    if (isPrinting) {
      dataset["theme"] = "light";
    }
    return () => {
      if (isPrinting && chosen !== undefined) {
        dataset["theme"] = chosen;
      }
    };
  }, [isPrinting]);
}
