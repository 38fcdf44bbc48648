import type { PasswordOf } from '../../src/core/services/password-of.ts';
import type { ServicesPorts } from './services-ports.ts';

const digits = 24;

/**
 * A password for each service that needs one, masked before anybody sees it: letters of both kinds, digits
 * and a sign, as SQL Server wants them, and none that a URL or a shell reads in its own way.
 */
export function passwords({ chance, host }: Pick<ServicesPorts, 'chance' | 'host'>): PasswordOf {
  const made = new Map<string, string>();
  return (service) => {
    const known = made.get(service);
    if (known !== undefined) return known;
    const password = `Aa1-${chance.hex(digits)}`;
    host.maskSecret(password);
    made.set(service, password);
    return password;
  };
}
