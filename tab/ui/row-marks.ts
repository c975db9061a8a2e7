import { makeStyles, tokens } from '@fluentui/react-components';

/** How a row looks that is open, or that something happened to; the word for it is in the row as well. */
export const useMarkStyles = makeStyles({
  open: { backgroundColor: tokens.colorNeutralBackground1Selected, borderLeftColor: tokens.colorBrandStroke1 },
  changed: { fontWeight: tokens.fontWeightSemibold },
  moved: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
});
