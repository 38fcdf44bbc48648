import { randomBytes } from 'node:crypto';
import type { Chance } from '../../ports/chance.ts';

export const nodeChance: Chance = {
  hex: (digits) =>
    randomBytes(Math.ceil(digits / 2))
      .toString('hex')
      .slice(0, digits),
};
