import type { Page } from "@playwright/test";

/** What is wrong with a wall as it is on screen, in words; nothing where all of it can be read. */
export function illegible(page: Page): Promise<readonly string[]> {
  return page.evaluate(measure);
}

/** Runs in the page, and so is all in one piece. */
function measure(): readonly string[] {
  const wall = document.querySelector(".wall");
  const found: string[] = [];
  if (wall === null) {
    return ["There is no wall."];
  }
  // What a screen of 1080p shows at 1 px, this one shows at so many; a rack's small screen is as far from the eye.
  const scale = Math.max(1, Math.min(innerWidth / 1920, innerHeight / 1080));
  const context = document.createElement("canvas").getContext("2d");
  const capsOf = (element: Element): number => {
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
    if (context === null) {
      throw new Error("There is no canvas to measure with.");
    }
    context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return context.measureText("H").actualBoundingBoxAscent;
  };
  const leastFor = (element: Element): number => {
    if (element.closest(".wall-one-headline") !== null) {
      // A rack's display is lower than two such lines: what is longer than one is as high as one line lets it be.
      return innerHeight < 480 && (element.textContent?.length ?? 0) > 13 ? 64 : 100;
    }
    return element.closest(".wall-headline") === null ? 18 : 36;
  };
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.closest(".sr-only") === null;

  type Line = { readonly text: string; readonly rect: DOMRect; readonly element: Element };
  const lines: Line[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? "";
    const element = node.parentElement;
    if (text === "" || element === null || !isSeen(element)) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const holder = element.closest(".wall-tile-words, .wall-one")?.getBoundingClientRect();
    const whole = range.getBoundingClientRect();
    const isOptional = element.closest("h1, h2, .wall-headline, .wall-one-headline") === null;
    // A line of a tile that has no room lies whole beyond its edge; only what a cluster is called and does may never.
    if (isOptional && holder !== undefined && whole.left >= holder.right - 1) {
      continue;
    }
    const caps = capsOf(element);
    const least = leastFor(element) * scale;
    if (caps < least - 0.25) {
      found.push(`"${text}" has capitals of ${caps.toFixed(1)} px, not ${least.toFixed(1)}`);
    }
    // A line box may be higher than what is drawn in it: only the part between top of capitals and baseline counts.
    for (const box of range.getClientRects()) {
      const middle = box.top + box.height / 2;
      const rect = new DOMRect(box.left, middle - caps / 2, box.width, caps);
      lines.push({ text, rect, element });
    }
  }
  if (lines.length < 5) {
    found.push(`Only ${lines.length} lines of text are on screen.`);
  }

  const inside = (inner: DOMRect, outer: DOMRect): boolean =>
    inner.left >= outer.left - 1 &&
    inner.right <= outer.right + 1 &&
    inner.top >= outer.top - 1 &&
    inner.bottom <= outer.bottom + 1;
  const viewport = new DOMRect(0, 0, innerWidth, innerHeight);
  for (const { text, rect, element } of lines) {
    const tile = element.closest("article, header, footer, .wall-notices")?.getBoundingClientRect();
    if (!inside(rect, viewport) || (tile !== undefined && !inside(rect, tile))) {
      found.push(`"${text}" lies outside of its place: ${JSON.stringify(rect)}`);
    }
  }
  for (const [at, one] of lines.entries()) {
    for (const other of lines.slice(at + 1)) {
      const width =
        Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const height =
        Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      if (one.text !== other.text && width > 1 && height > 1) {
        found.push(`"${one.text}" and "${other.text}" lie on each other`);
      }
    }
  }

  for (const element of [document.documentElement, ...wall.querySelectorAll("*")]) {
    const { overflowX, overflowY, webkitLineClamp } = getComputedStyle(element);
    if ([overflowX, overflowY].some((overflow) => overflow === "auto" || overflow === "scroll")) {
      found.push(`${element.className} may have a scrollbar`);
    }
    const isCut = element.scrollHeight > element.clientHeight + 1;
    if (webkitLineClamp !== "none" && isCut && isSeen(element)) {
      found.push(`"${element.textContent}" is cut after ${webkitLineClamp} lines`);
    }
  }
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) {
    found.push(`The page is ${scrollWidth} × ${scrollHeight} px large`);
  }
  return [...new Set(found)];
}
