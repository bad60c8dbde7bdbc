import { Component, type ReactNode } from "react";

type ErrorBoundaryProperties = {
  readonly children: ReactNode;
  /** Notes that the page broke. @returns how many seconds to wait before it is loaded anew */
  readonly onBreak: () => number;
  /** Whether a reload would find a server. */
  readonly canReload: () => Promise<boolean>;
  readonly reload: () => void;
  /** The theme of what it says, where that is not the page's. */
  readonly theme?: string | undefined;
};

type Broken = {
  readonly message: string | null;
  readonly seconds: number;
  /** Whether the server did not answer when the page wanted to load itself. */
  readonly isServerMissing: boolean;
};

/** How long to wait after the server did not answer. */
const againSeconds = 30;

/**
 * Says that the page itself broke, and heals it: after a countdown it reloads, but only once the server has answered,
 * because a browser's own error page would stay up for ever.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProperties, Broken> {
  override readonly state: Broken = {
    message: null,
    seconds: againSeconds,
    isServerMissing: false,
  };
  private reloadsAtMs = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  static getDerivedStateFromError(error: unknown): Partial<Broken> {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(): void {
    if (this.timer === undefined) {
      this.wait(this.props.onBreak());
      this.timer = setInterval(() => this.count(), 1000);
    }
  }

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  private wait(seconds: number): void {
    this.reloadsAtMs = performance.now() + seconds * 1000;
    this.setState({ seconds });
  }

  /** By the clock, not by its ticks: those of a hidden page come once a minute. */
  private count(): void {
    const leftMs = this.reloadsAtMs - performance.now();
    this.setState({ seconds: Math.max(0, Math.ceil(leftMs / 1000)) });
    if (leftMs <= 0) {
      this.wait(againSeconds);
      this.props.canReload().then(
        (can) => (can ? this.props.reload() : this.setState({ isServerMissing: true })),
        () => this.setState({ isServerMissing: true }),
      );
    }
  }

  override render(): ReactNode {
    const { message, seconds, isServerMissing } = this.state;
    if (message === null) {
      return this.props.children;
    }
    return (
      <main
        data-theme={this.props.theme}
        className="flex min-h-dvh flex-col justify-center gap-3 bg-page px-[max(1.5rem,calc(50vw-15em))] py-6 text-[max(1rem,min(1.5vw,3.6vh))] text-text"
      >
        <div role="alert" className="flex flex-col gap-3">
          <h1 className="text-[1.6em] leading-tight font-semibold text-act">
            This page broke. Nothing here is current.
          </h1>
          <p>The clusters are not affected, and watching goes on in the server.</p>
          <p className="font-mono text-[0.85em] text-muted">{message}</p>
        </div>
        <p>
          {isServerMissing && "The server did not answer. "}
          The page loads itself anew in {seconds} s, if the server answers then.
        </p>
        <button
          type="button"
          onClick={this.props.reload}
          className="self-start rounded-md border border-control px-3 py-1.5 text-[0.85em] font-medium hover:bg-raised"
        >
          Load it now
        </button>
      </main>
    );
  }
}
