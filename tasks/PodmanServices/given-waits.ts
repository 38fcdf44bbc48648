import * as v from 'valibot';
import type { ComposeProject } from '../../src/core/compose/model.ts';
import { wait as waitSchema } from '../../src/core/compose/schema/wait.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Wait } from '../../src/core/health/wait.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import { nearest } from '../../src/core/text/nearest.ts';

const change =
  'Write a service and how it tells, e.g. db tcp:5432, api http:8080/health, api log:/started in/ or db shell:test -f /ready.';

/**
 * The project with what the input `wait` says beside each service's own `x-wait`, kind by kind: lines such as
 * `db tcp:5432`. Every line that cannot be read, or whose service is not there, is told.
 */
export function withWaits(
  lines: readonly string[],
  project: ComposeProject,
): Parsed<ComposeProject> {
  const names = project.services.map(({ name }) => name);
  const waits = new Map<string, Wait>();
  const problems: Problem[] = [];
  lines.forEach((line, at) => {
    const [, service = '', said] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    const wait = said === undefined ? undefined : waitIn(said);
    if (wait === undefined) problems.push(problem(`cannot be read in line ${at + 1}.`, change));
    else if (names.includes(service)) waits.set(service, { ...waits.get(service), ...wait });
    else problems.push(problem(`names ${service}, which is not a service.`, hint(service, names)));
  });
  if (problems.length > 0) return rejected(...problems);
  const services = project.services.map((service) => {
    const given = waits.get(service.name);
    return given === undefined ? service : { ...service, wait: { ...service.wait, ...given } };
  });
  return parsed({ ...project, services });
}

/** In the short forms of `x-wait`; a pattern may stand between slashes. */
function waitIn(said: string): Wait | undefined {
  const [, kind = '', rest = ''] = /^(tcp|http|log|shell):\s*(.+)$/.exec(said) ?? [];
  const value = kind === 'log' ? rest.replace(/^\/(.*)\/$/, '$1') : rest;
  const shape = { [kind]: kind === 'tcp' ? value.split(/\s*,\s*/) : value };
  const read = v.safeParse(waitSchema, shape);
  return kind !== '' && read.success ? read.output : undefined;
}

function hint(service: string, names: readonly string[]): string {
  const [near] = nearest(service, names);
  return near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${near}?`;
}

function problem(what: string, change: string): Problem {
  return { where: 'wait', what: `The input ${what}`, change };
}
