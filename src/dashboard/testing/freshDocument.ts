/**
 * Spec files share one document, for to make one takes longer than most of their tests. Each finds it as a browser opens it:
 * empty, at the root, with nothing kept, no page of the file before still mounted, and true clocks.
 */
import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll, vi } from "vitest";

afterEach(cleanup);

beforeAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  history.replaceState(null, "", "/");
  localStorage.clear();
  sessionStorage.clear();
  document.head.replaceChildren();
  document.body.replaceChildren();
});
