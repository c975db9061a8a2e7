import { useEffect, useRef } from 'react';

/** One key of a page: what it is called in the page's table of words, and what is typed. */
export interface Key<Command extends string> {
  readonly command: Command;
  readonly key: string;
}

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The command that a press means; null while somebody types in a field, or with Ctrl, Alt or Cmd held. Pure. */
export function commandFor<Command extends string>(
  keys: readonly Key<Command>[],
  press: Press,
  typing: boolean,
): Command | null {
  if (typing || press.ctrlKey || press.metaKey || press.altKey) return null;
  return keys.find(({ key }) => key === press.key)?.command ?? null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** True inside a dialog or menu, which has keys of its own. */
function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"],[role="menu"],[role="listbox"]') !== null;
}

/** Listens on the whole page while shown. `run` says whether it did something; if not, the press goes where it would. */
export function useKeys<Command extends string>(
  keys: readonly Key<Command>[],
  run: (command: Command) => boolean,
): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      const command = commandFor(keys, event, isTyping(event.target));
      if (command && latest.current(command)) event.preventDefault();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [keys]);
}
