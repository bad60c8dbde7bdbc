import { Component, type ReactNode } from "react";

type ErrorBoundaryProperties = {
  readonly children: ReactNode;
  /** Whether a reload would find a server: settles false or rejects when it would not. */
  readonly canReload: () => Promise<boolean>;
  readonly reload: () => void;
};

type Broken = { readonly message: string | null; readonly seconds: number };

const countdownSeconds = 30;

/**
 * Says that the page itself broke, and heals it: after a countdown it reloads, but only once the server has answered,
 * because a browser's own error page would stay up for ever.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProperties, Broken> {
  override readonly state: Broken = { message: null, seconds: countdownSeconds };
  private secondsLeft = countdownSeconds;
  private timer: ReturnType<typeof setInterval> | undefined;

  static getDerivedStateFromError(error: unknown): Partial<Broken> {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(): void {
    this.timer ??= setInterval(() => this.count(), 1000);
  }

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  private count(): void {
    this.secondsLeft -= 1;
    this.setState({ seconds: Math.max(0, this.secondsLeft) });
    if (this.secondsLeft <= 0) {
      this.secondsLeft = countdownSeconds;
      this.props.canReload().then(
        (can) => (can ? this.props.reload() : undefined),
        () => undefined,
      );
    }
  }

  override render(): ReactNode {
    const { message, seconds } = this.state;
    if (message === null) {
      return this.props.children;
    }
    return (
      <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-3 p-6">
        <div role="alert" className="flex flex-col gap-3">
          <h1 className="text-2xl font-semibold text-act">
            This page broke. Nothing here is current.
          </h1>
          <p>The clusters are not affected, and watching goes on in the server.</p>
          <p className="font-mono text-sm text-muted">{message}</p>
        </div>
        <p>The page loads itself anew in {seconds} s, if the server answers then.</p>
        <button
          type="button"
          onClick={this.props.reload}
          className="self-start rounded-md border border-control px-3 py-1.5 text-sm font-medium hover:bg-raised"
        >
          Load it now
        </button>
      </main>
    );
  }
}
