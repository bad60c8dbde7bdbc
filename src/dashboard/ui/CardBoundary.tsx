import { Component, type ReactNode } from "react";

type CardBoundaryProperties = {
  readonly children: ReactNode;
  /** What stands in place of the part that broke. */
  readonly renderBroken: (message: string) => ReactNode;
};

type Broken = { readonly message: string | null };

const firstWaitMs = 5000;
const longestWaitMs = 300_000;

/**
 * Keeps a fault in one part of a page to that part. It is drawn again after a while, and ever more seldom where that
 * does not help: what broke on one answer may well be drawn from the next.
 */
export class CardBoundary extends Component<CardBoundaryProperties, Broken> {
  override readonly state: Broken = { message: null };
  private waitMs = firstWaitMs;
  private timer: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError(error: unknown): Broken {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.setState({ message: null }), this.waitMs);
    this.waitMs = Math.min(this.waitMs * 2, longestWaitMs);
  }

  override componentDidUpdate(_: CardBoundaryProperties, before: Broken): void {
    if (before.message !== null && this.state.message === null) {
      this.waitMs = firstWaitMs;
    }
  }

  override componentWillUnmount(): void {
    clearTimeout(this.timer);
  }

  override render(): ReactNode {
    const { message } = this.state;
    return message === null ? this.props.children : this.props.renderBroken(message);
  }
}
