import type { JobMessage } from '../protocol/job-message.ts';
import { SecretMasker } from './masker.ts';

/** Parameters of a service connection that are known not to be secret (SDK/Util/MaskingUtil.cs), in lower case. */
const OPEN_PARAMETERS = new Set(
  `idtoken role scope tenantid issuedat expiresat expiresin audience authenticationtype authorizationtype
  accesstokentype accesstokenfetchingmethod usewindowssecurity unsecured oauthaccesstokenissupplied
  completecallbackpayload acceptuntrustedcerts`.split(/\s+/),
);

/**
 * The masker a job starts with: its secret variables, every authorization parameter of its service connections (user
 * names and registry names too), and the tickets of its secure files (AW/Worker.cs).
 */
export function jobMasker(message: JobMessage, process: NodeJS.ProcessEnv): SecretMasker {
  const masker = new SecretMasker(Number(process['AZP_IGNORE_SECRETS_SHORTER_THAN'] ?? 0) || 0);
  for (const { value, isSecret } of message.variables) {
    if (isSecret && value.trim() !== '') masker.addInitialSecret(value);
  }
  for (const { parameters } of message.endpoints) {
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== '' && !OPEN_PARAMETERS.has(name.toLowerCase())) masker.add(value);
    }
  }
  for (const { ticket } of message.secureFiles) masker.add(ticket);
  return masker;
}
