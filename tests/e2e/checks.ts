/** Counts what held and what did not, one printed line each. */
export interface Checks {
  /** True as soon as `holds` answers true; it is asked again until then, for at most `withinMs`. */
  until(what: string, holds: () => Promise<boolean>, withinMs?: number): Promise<boolean>;
  check(what: string, holds: boolean): boolean;
  readonly passed: number;
  readonly failed: number;
}

const againMs = 250;

export function createChecks(say: (line: string) => void): Checks {
  let passed = 0;
  let failed = 0;
  function check(what: string, holds: boolean): boolean {
    if (holds) passed += 1;
    else failed += 1;
    say(`${holds ? 'ok' : 'not ok'} - ${what}`);
    return holds;
  }
  return {
    check,
    async until(what, holds, withinMs = 20_000) {
      const end = performance.now() + withinMs;
      let held = false;
      while (!held && performance.now() < end) {
        held = await holds().catch(() => false);
        if (!held) await new Promise((done) => setTimeout(done, againMs));
      }
      return check(what, held);
    },
    get passed() {
      return passed;
    },
    get failed() {
      return failed;
    },
  };
}
