import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  differs: { backgroundColor: tokens.colorStatusWarningBackground2, color: tokens.colorStatusWarningForeground3 },
});

/** A value with the part marked that the other one has otherwise; nothing is marked beside an empty one. */
export function Marked({ text, against }: { readonly text: string; readonly against: string }) {
  const styles = useStyles();
  if (text === '' || against === '' || text === against) return text;
  const { start, end } = differingPart([...text], [...against]);
  const letters = [...text];
  return (
    <>
      {letters.slice(0, start).join('')}
      <mark className={styles.differs}>{letters.slice(start, end).join('')}</mark>
      {letters.slice(end).join('')}
    </>
  );
}

/** Between what begins alike and what ends alike. Pure. */
export function differingPart(text: readonly string[], against: readonly string[]): { start: number; end: number } {
  let start = 0;
  while (start < text.length && text[start] === against[start]) start += 1;
  let tail = 0;
  while (
    tail < text.length - start &&
    tail < against.length - start &&
    text[text.length - 1 - tail] === against[against.length - 1 - tail]
  )
    tail += 1;
  return { start, end: text.length - tail };
}
