import { makeStyles, tokens } from '@fluentui/react-components';

/**
 * How a row looks that is open, or that something happened to; the word for it is in the row as well. The backgrounds are not
 * Fluent's hovered and selected ones: in high contrast those are a bright colour on which tags and dates cannot be read.
 */
export const useMarkStyles = makeStyles({
  open: { backgroundColor: tokens.colorNeutralBackground4, borderLeftColor: tokens.colorBrandStroke1 },
  changed: { fontWeight: tokens.fontWeightSemibold },
  moved: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
});
