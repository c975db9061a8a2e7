/** A text as it stands and as anybody could decode it: what must not leave must not leave in disguise either. */
export function everyReading(text: string): string[] {
  return [text, ...decoders.map((decode) => decode(text)), ...base64Runs(text)];
}

const decoders: readonly ((text: string) => string)[] = [
  (text) => text.replace(/\\+u([0-9a-f]{4})/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16))),
  (text) => text.replace(/%([0-9a-f]{2})/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16))),
  (text) => text.replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code))),
  (text) => text.replace(/&#x([0-9a-f]+);/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16))),
  (text) =>
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9a-f]{2})/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16))),
];

function base64Runs(text: string): string[] {
  return (text.match(/[\w+/-]{16,}={0,2}/g) ?? []).map((run) => Buffer.from(run, 'base64').toString('utf8'));
}
