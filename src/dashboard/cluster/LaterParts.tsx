import { type ReactNode, Suspense } from "react";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { CardBoundary } from "../ui/CardBoundary.tsx";
import { Guarded } from "../ui/Guarded.tsx";
import { Panel } from "../ui/Panel.tsx";
import type { RunStepsProperties } from "./headline/RunSteps.tsx";
import type { MainColumnProperties } from "./MainColumn.tsx";
import type { SideFactsProperties } from "./SideFacts.tsx";

const MainColumn = lazyPart("timeline", async () => {
  const { MainColumn } = await import("./afterFirstPaint.ts");
  return { default: MainColumn };
});

const SideFacts = lazyPart("facts", async () => {
  const { SideFacts } = await import("./afterFirstPaint.ts");
  return { default: SideFacts };
});

const RunSteps = lazyPart("steps", async () => {
  const { RunSteps } = await import("./afterFirstPaint.ts");
  return { default: RunSteps };
});

/** The main column, once its code is there. */
export function LaterMainColumn(properties: MainColumnProperties): ReactNode {
  return (
    <CardBoundary renderBroken={(message) => <Missing message={message} />}>
      <Suspense fallback={<Placeholder>Drawing the timeline …</Placeholder>}>
        <MainColumn {...properties} />
      </Suspense>
    </CardBoundary>
  );
}

/** The side column, once its code is there. */
export function LaterSideFacts(properties: SideFactsProperties): ReactNode {
  return (
    <Guarded name="What is known of the nodes">
      <Suspense fallback={null}>
        <SideFacts {...properties} />
      </Suspense>
    </Guarded>
  );
}

/** The row of steps, once its code is there; the history that it tells of comes no sooner. */
export function LaterSteps(properties: RunStepsProperties): ReactNode {
  return (
    <Guarded name="The row of steps">
      <Suspense fallback={null}>
        <RunSteps {...properties} />
      </Suspense>
    </Guarded>
  );
}

/** Where the code can't be had even after a reload, or broke. */
function Missing({ message }: { readonly message: string }): ReactNode {
  return (
    <Placeholder>
      {`The timeline can't be drawn: ${message.replace(/\.?$/, ".")} Reload the page to try again; the rest of it is not affected.`}
    </Placeholder>
  );
}

/** As high as the timeline, so that nothing jumps when it comes. */
function Placeholder({ children }: { readonly children: string }): ReactNode {
  return (
    <Panel title="State timeline">
      <p className="min-h-[23rem] text-sm text-muted sm:min-h-[27rem]">{children}</p>
    </Panel>
  );
}
