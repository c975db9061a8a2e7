import { createServer, request } from 'node:http';

export interface WireCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: string;
  readonly body: Uint8Array;
}

export interface Wire {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Stands between the server and the local Microsoft 365 and writes down every call that goes out, byte for byte, before
 * anybody at the far end has read it.
 */
export async function startWire(target: string, onCall: (call: WireCall) => void): Promise<Wire> {
  const { host } = new URL(target);
  const own = () => {
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('The wire does not listen.');
    return `http://127.0.0.1:${address.port}`;
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = 'GET', url = '/', headers } = incoming;
      onCall({ method, path: url, headers: JSON.stringify(headers), body });
      const onward = request(new URL(url, target), { method, headers: { ...headers, host } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => void parts.push(part));
        answer.on('end', () => {
          // Addresses that the far end gives of itself lead back here, or what follows them would go unseen.
          const text = Buffer.concat(parts).toString('utf8').replaceAll(target, own());
          const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = answer.headers;
          outgoing.writeHead(answer.statusCode ?? 502, kept).end(text);
        });
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: own(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
