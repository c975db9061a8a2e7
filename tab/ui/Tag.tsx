import { Badge, makeStyles, mergeClasses } from '@fluentui/react-components';

export type TagLook = 'new' | 'going' | 'waiting' | 'good' | 'bad' | 'over';

/** What stands out, what waits, what is over. The word says it all; the colour only helps. */
const looks = {
  new: { color: 'brand', appearance: 'filled' },
  going: { color: 'brand', appearance: 'tint' },
  waiting: { color: 'warning', appearance: 'tint' },
  good: { color: 'success', appearance: 'tint' },
  bad: { color: 'danger', appearance: 'tint' },
  over: { color: 'informative', appearance: 'outline' },
} as const;

const useStyles = makeStyles({ root: { flexShrink: 0, whiteSpace: 'nowrap' } });

/** One word about the state of a thing. */
export function Tag({
  look,
  className,
  children,
}: {
  readonly look: TagLook;
  readonly className?: string;
  readonly children: string;
}) {
  const styles = useStyles();
  return (
    <Badge {...looks[look]} className={mergeClasses(styles.root, className)}>
      {children}
    </Badge>
  );
}
