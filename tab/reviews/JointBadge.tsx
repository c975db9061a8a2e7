import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import type { ReviewRow } from '../../bot/reviews/contract.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  gold: {
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorPaletteMarigoldBackground2,
    border: `1px solid ${tokens.colorPaletteMarigoldBorderActive}`,
  },
});

/** Whether education and social work will both be there: the golden moment, in words and in gold. */
export function JointBadge({ joint }: { readonly joint: ReviewRow['joint'] }) {
  const styles = useStyles();
  if (joint === 'yes') return <Badge className={styles.gold}>{say('joint.yes')}</Badge>;
  return (
    <Badge appearance="outline" color={joint === 'no' ? 'warning' : 'subtle'}>
      {say(`joint.${joint}`)}
    </Badge>
  );
}
