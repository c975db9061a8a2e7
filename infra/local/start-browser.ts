import { spawn } from 'node:child_process';

/** The desktop's own way to open an address; null where there is no desktop. Pure. */
export function browserCommand(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly [command: string, ...args: string[]] | null {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : null;
}

/** Asks the desktop to show a page. That nobody shows it stops nothing: the address is printed as well. */
export function openInBrowser(url: string): void {
  const [command, ...args] = browserCommand(process.platform, process.env) ?? [];
  if (!command) return;
  const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined);
  child.unref();
}
