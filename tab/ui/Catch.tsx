import { Component, type ReactNode } from 'react';
import { FailedState } from './FailedState.js';

interface Props {
  /** Called before the children are tried again. */
  readonly onAgain: () => void;
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
    return <FailedState error={this.state.error} again={this.again} />;
  }

  private readonly again = () => {
    this.props.onAgain();
    this.setState({ error: null });
  };
}
