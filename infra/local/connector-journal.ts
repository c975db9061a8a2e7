import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** An append-only file of JSON lines. */
export interface Journal<Entry> {
  /** What was written before, oldest first. */
  readonly entries: readonly Entry[];
  /** Returns once the operating system has the line, so an answered post survives the kill of this process. */
  append(entry: Entry): void;
}

/**
 * A whole-file store would lose the posts acknowledged since its last write, and the ledger is what loss is counted from; so
 * the connector appends. Memory alone when `file` is absent. A last line cut short by a kill was never answered: it is dropped.
 */
export function openJournal<Entry>(file: string | undefined): Journal<Entry> {
  if (!file) return { entries: [], append: () => undefined };
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) {
    writeFileSync(`${file}.tmp`, whole, { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  }
  return {
    entries: whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry), // every line was written by `append` below
    append: (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 }),
  };
}
