import type { X509Certificate } from 'node:crypto';
import type { Problem } from '../errors.ts';
import { subjectOf, validityAt } from '../pem/certificates.ts';

/** What is wrong, and what soon will be, with certificates: found without any network. */
export interface CertificateFindings {
  readonly problems: readonly Problem[];
  /** Whole sentences, each with the input's name. */
  readonly warnings: readonly string[];
}

const soonDays = 14;

export function findings(problem?: Problem): CertificateFindings {
  return { problems: problem === undefined ? [] : [problem], warnings: [] };
}

export function together(all: readonly CertificateFindings[]): CertificateFindings {
  return {
    problems: all.flatMap(({ problems }) => problems),
    warnings: all.flatMap(({ warnings }) => warnings),
  };
}

export function checkDates(
  where: string,
  certificate: X509Certificate | undefined,
  nowMs: number,
): CertificateFindings {
  if (certificate === undefined) return findings();
  const which = `This certificate (${subjectOf(certificate)})`;
  const validity = validityAt(certificate, nowMs);
  switch (validity.kind) {
    case 'expired':
      return findings({
        where,
        what: `${which} expired on ${validity.since}.`,
        change: 'Renew it.',
      });
    case 'early':
      return findings({
        where,
        what: `${which} is valid only from ${validity.from} on.`,
        change: "Check the agent's clock, or wait.",
      });
    case 'current':
      if (validity.days >= soonDays) return findings();
      return {
        problems: [],
        warnings: [`${where}: ${which} expires in ${validity.days} days, on ${validity.until}.`],
      };
  }
}
