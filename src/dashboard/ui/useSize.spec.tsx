import { render } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useSize } from "./useSize.ts";

afterEach(() => vi.restoreAllMocks());

function Measured() {
  const [element, size] = useSize<HTMLDivElement>();
  return (
    <div ref={element}>{size === undefined ? "unknown" : `${size.width} × ${size.height}`}</div>
  );
}

it("knows a size with the first frame, which a hidden tab never draws", () => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(
    new DOMRect(0, 0, 1870, 980),
  );
  vi.spyOn(ResizeObserver.prototype, "observe").mockImplementation(() => undefined);
  expect(render(<Measured />).container.textContent).toBe("1870 × 980");
});

it("says nothing of what has no size yet", () => {
  vi.spyOn(ResizeObserver.prototype, "observe").mockImplementation(() => undefined);
  expect(render(<Measured />).container.textContent).toBe("unknown");
});
