import { botMri, personalConversationId, personMri } from './connector-ids.js';
import type { Person } from './connector-places.js';

/** The team that a Playground shows. Its General channel has the team's id; one more channel is possible. */
export interface PlaygroundTeam {
  readonly id: string;
  readonly name: string;
  readonly aadGroupId: string;
  readonly channel: { readonly id: string; readonly name: string } | null;
}

export interface PlaygroundSetting {
  readonly botAppId: string;
  readonly botName: string;
  readonly person: Person;
  readonly team: PlaygroundTeam;
  /** Exactly five besides the person: the Playground's schema takes no more and no fewer. */
  readonly users: readonly Person[];
  readonly groupChatId: string;
}

/** The content of `.m365agentsplayground.yml`, as JSON, which is YAML. Ids are the connector's own, so nothing needs translating. */
export function playgroundConfig(setting: PlaygroundSetting): string {
  const { botAppId, botName, person, team, users, groupChatId } = setting;
  if (users.length !== 5) throw new Error('A Playground needs exactly five people besides the one who uses it.');
  const { id, name, aadGroupId, channel } = team;
  return JSON.stringify({
    version: '0.1.1',
    tenantId: person.tenantId,
    bot: { id: botMri(botAppId), name: botName.slice(0, 42) },
    currentUser: userOf(person),
    users: users.map(userOf),
    personalChat: { id: personalConversationId(botAppId, person) },
    groupChat: { id: groupChatId, name: 'Group chat' },
    team: { id, name, aadGroupId, channels: channel ? [{ id: channel.id, name: channel.name }] : [] },
  });
}

function userOf(person: Person) {
  const [givenName = person.name, ...surname] = person.name.split(' ');
  return {
    id: personMri(person.oid),
    name: person.name,
    userPrincipleName: person.email, // the Playground's own spelling
    aadObjectId: person.oid,
    givenName,
    surname: surname.join(' '),
    email: person.email,
  };
}
