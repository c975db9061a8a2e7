import { reviewWords } from '../language/en/reviews.js';
import { speaker } from '../language/index.js';

export const say = speaker({ en: reviewWords });
