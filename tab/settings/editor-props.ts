import type { Shape } from './shape.js';

/** What every editor of a value takes. */
export interface EditorProps<Kind extends Shape['kind'] = Shape['kind']> {
  readonly shape: Extract<Shape, { kind: Kind }>;
  readonly label: string;
  readonly value: unknown;
  readonly required: boolean;
  /** The label stands above it already: it is said, not shown again. */
  readonly titled?: boolean;
  /** Undefined takes an optional value away. */
  readonly onChange: (value: unknown) => void;
}
