import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: { position: 'absolute', left: 0, right: 0, top: 0, display: 'flex', alignItems: 'center' },
  bar: {
    height: '10px',
    width: '40%',
    marginLeft: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground4,
  },
});

/** The place of a row that has not been read yet. Both in pixels. */
export function RowComing({ start, height }: { readonly start: number; readonly height: number }) {
  const styles = useStyles();
  return (
    <div className={styles.root} style={{ height, transform: `translateY(${start}px)` }} aria-hidden="true">
      <div className={styles.bar} />
    </div>
  );
}
