import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Panel } from "../ui/Panel.tsx";
import type { MainColumnProperties } from "./MainColumn.tsx";
import type { SideFactsProperties } from "./SideFacts.tsx";

type Loaded<Properties> = { readonly default: ComponentType<Properties> };

const MainColumn = lazy(async (): Promise<Loaded<MainColumnProperties>> => {
  try {
    const { MainColumn } = await import("./afterFirstPaint.ts");
    return { default: MainColumn };
  } catch {
    return { default: Missing };
  }
});

const SideFacts = lazy(async (): Promise<Loaded<SideFactsProperties>> => {
  try {
    const { SideFacts } = await import("./afterFirstPaint.ts");
    return { default: SideFacts };
  } catch {
    // The main column says that something is missing.
    return { default: () => null };
  }
});

/** The main column, once its code is there. */
export function LaterMainColumn(properties: MainColumnProperties): ReactNode {
  return (
    <Suspense fallback={<Placeholder>Drawing the timeline …</Placeholder>}>
      <MainColumn {...properties} />
    </Suspense>
  );
}

/** The lower part of the side column, once its code is there. */
export function LaterSideFacts(properties: SideFactsProperties): ReactNode {
  return (
    <Suspense fallback={null}>
      <SideFacts {...properties} />
    </Suspense>
  );
}

/** Where the code could not be fetched, e.g. because a newer version was installed meanwhile. */
function Missing(): ReactNode {
  return <Placeholder>The timeline could not be loaded. Reload the page to try again.</Placeholder>;
}

/** As high as the timeline, so that nothing jumps when it comes. */
function Placeholder({ children }: { readonly children: string }): ReactNode {
  return (
    <Panel title="State timeline">
      <p className="min-h-[23rem] text-sm text-muted sm:min-h-[27rem]">{children}</p>
    </Panel>
  );
}
