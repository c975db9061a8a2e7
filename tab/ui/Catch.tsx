import { Component, type ReactNode } from 'react';
import { FailedState } from './FailedState.js';

interface Props {
  /** Called before the children are tried again. */
  readonly onAgain: () => void;
  /** Something better than the plain words for an error that it knows; null for the plain words. */
  readonly special?: (error: unknown, again: () => void) => ReactNode;
  readonly children: ReactNode;
}

/** Catches what its children threw. React catches errors of rendering in a class only. */
export class Catch extends Component<Props, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    const special = this.props.special?.(this.state.error, this.again);
    return special ?? <FailedState page error={this.state.error} again={this.again} />;
  }

  private readonly again = () => {
    this.props.onAgain();
    this.setState({ error: null });
  };
}
