import { Link, Toast, ToastBody, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components';
import { say } from '../words.js';

/** The one place where messages appear. */
export const messages = 'messages';

/** Says what was done, or why it was not; spoken as well as shown. */
export function useNotify() {
  const { dispatchToast } = useToastController(messages);
  return {
    done: (text: string) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{text}</ToastTitle>
        </Toast>,
        { intent: 'success', politeness: 'polite', timeout: 4000 },
      ),
    /** With a way back, which stays a little longer. */
    undoable: (text: string, undo: string, back: () => void) =>
      dispatchToast(
        <Toast>
          <ToastTitle
            action={
              <ToastTrigger>
                <Link as="button" onClick={back}>
                  {undo}
                </Link>
              </ToastTrigger>
            }
          >
            {text}
          </ToastTitle>
        </Toast>,
        { intent: 'success', politeness: 'polite', timeout: 10_000, pauseOnHover: true },
      ),
    refused: (text: string) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{say('refused.title')}</ToastTitle>
          <ToastBody>{text}</ToastBody>
        </Toast>,
        { intent: 'warning', politeness: 'assertive', timeout: 12_000 },
      ),
  };
}
