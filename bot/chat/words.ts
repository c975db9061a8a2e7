import { speaker } from '../language/index.js';
import { askingWords } from '../language/en/asking.js';
import { chatWords } from '../language/en/chat.js';

export const say = speaker({ en: { ...chatWords, ...askingWords } });
