import { speaker } from '../language/index.js';
import { chatWords } from '../language/en/chat.js';

export const say = speaker({ en: chatWords });
