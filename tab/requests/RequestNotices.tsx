import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { useUndo } from './use-move.js';

/** What somebody opening it must not miss: a lock, a telephone call to make, where it went, and the way back. */
export function RequestNotices({ request }: { readonly request: RequestDetail }) {
  const { clock, declined, transfer } = request;
  return (
    <>
      <Concern request={request} />
      {clock.phoneThem ? (
        <Notice intent="warning" title={say('notice.phoneThem')}>
          {say('notice.phoneThemExplains')}
        </Notice>
      ) : null}
      {request.state === 'declined' && declined ? (
        <Notice intent="info" title={say('notice.declined')}>
          {say('notice.declinedBecause', declined)}
        </Notice>
      ) : null}
      {transfer ? <Transfer transfer={transfer} /> : null}
      <TakeBack request={request} />
    </>
  );
}

interface NoticeProps {
  readonly intent: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly children: ReactNode;
}

function Notice({ intent, title, children }: NoticeProps) {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {children}
      </MessageBarBody>
    </MessageBar>
  );
}

function Concern({ request }: { readonly request: RequestDetail }) {
  const now = useNow();
  if (!request.concern) return null;
  return (
    <Notice intent="error" title={say('notice.concern')}>
      {say('notice.concernLocked')}
      <ul>
        {request.concern.told.map(({ who, at, notedBy }) => (
          <li key={`${who} ${at}`}>{say('notice.told', { who, when: sayWhen(Date.parse(at), now), name: notedBy })}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Transfer({ transfer }: { readonly transfer: NonNullable<RequestDetail['transfer']> }) {
  const { service, reason, acceptedBy, sentBackBecause } = transfer;
  if (sentBackBecause !== null)
    return (
      <Notice intent="warning" title={say('notice.sentBack', { service })}>
        {sentBackBecause}
      </Notice>
    );
  return (
    <Notice intent="info" title={say('notice.transferred', { service })}>
      {acceptedBy === null ? say('notice.notAccepted', { reason }) : say('notice.accepted', { name: acceptedBy })}
    </Notice>
  );
}

/** The viewer's own last move, while it can still be taken back. */
function TakeBack({ request }: { readonly request: RequestDetail }) {
  const now = useNow();
  const undo = useUndo();
  if (!request.undo || Date.parse(request.undo.until) <= now) return null;
  const until = sayWhen(Date.parse(request.undo.until), now);
  return (
    <MessageBar intent="info">
      <MessageBarBody>{say('notice.undo', { until })}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" disabledFocusable={undo.isPending} onClick={() => undo.mutate(request)}>
          {say('notice.takeBack')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
