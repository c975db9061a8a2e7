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

interface Props {
  readonly title: string;
  readonly explains?: string;
  /** It is all that the page has: its title is the page's heading. */
  readonly page?: boolean;
  readonly children?: ReactNode;
}

/** Says what would be here, and what to do about it. */
export function EmptyState({ title, explains, page = false, children }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Subtitle2 as={page ? 'h1' : 'h2'}>{title}</Subtitle2>
      {explains ? <Text className={styles.explains}>{explains}</Text> : null}
      {children}
    </div>
  );
}
