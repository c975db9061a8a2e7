import { useRef, useState } from 'react';
import { uploadPartBytes } from '../../bot/learners/extract-contract.js';
import { codeOf } from '../failure.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';

/** Sends a file in parts, telling how far it is; it can be stopped between parts. `onSent` gets the extract's id. */
export function useUpload(onSent: (id: string) => void) {
  const { api } = useTab();
  const notify = useNotify();
  const [sent, setSent] = useState<number | null>(null);
  const stopped = useRef(false);
  const isStopped = () => stopped.current;
  const send = async (file: File) => {
    const parts = Math.max(1, Math.ceil(file.size / uploadPartBytes));
    stopped.current = false;
    setSent(0);
    try {
      const { id } = await api.beginExtract(file.size, parts);
      for (let part = 0; part < parts; part += 1) {
        if (isStopped()) {
          const { version } = await api.readExtract(id);
          await api.moveExtract(id, 'cancel', { version });
          return;
        }
        const slice = file.slice(part * uploadPartBytes, (part + 1) * uploadPartBytes);
        await api.sendPart(id, part, await base64Of(slice));
        setSent((part + 1) / parts);
      }
      await api.completeUpload(id);
      onSent(id);
    } catch (error) {
      notify.refused(say(`failure.${codeOf(error)}`));
    } finally {
      setSent(null);
    }
  };
  return { sent, send: (file: File) => void send(file), stop: () => void (stopped.current = true) };
}

async function base64Of(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  let binary = '';
  // One call with all of them would be more arguments than a call can have.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
