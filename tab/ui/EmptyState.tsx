import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXL}`,
    maxWidth: '56ch',
  },
  explains: { color: tokens.colorNeutralForeground2 },
});

/** Says what would be here, and what to do about it. */
export function EmptyState(props: {
  readonly title: string;
  readonly explains?: string;
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Subtitle2 as="h2">{props.title}</Subtitle2>
      {props.explains ? <Text className={styles.explains}>{props.explains}</Text> : null}
      {props.children}
    </div>
  );
}
