import * as v from 'valibot';
import { type DoctorFindings, doctorSchema } from '../../src/core/podman/doctor-schema.ts';
import { type BuildReport, buildReportSchema } from '../../src/core/report/build-report.ts';
import { type PruneReport, pruneReportSchema } from '../../src/core/report/prune-report.ts';
import {
  type ServicesReport,
  servicesReportSchema,
} from '../../src/core/report/services-report.ts';

/** What an attachment turned out to be. */
export type ReportContent =
  | { readonly kind: 'build'; readonly report: BuildReport }
  | { readonly kind: 'services'; readonly report: ServicesReport }
  | { readonly kind: 'doctor'; readonly report: DoctorFindings }
  | { readonly kind: 'prune'; readonly report: PruneReport }
  /** Made by another version of the extension, or something that this one has not heard of. */
  | { readonly kind: 'unknown'; readonly schema: string; readonly version: number }
  | { readonly kind: 'damaged'; readonly what: string }
  /** More than a page should load. */
  | { readonly kind: 'too-large'; readonly bytes: number }
  /** The server listed it and does not have it. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unread'; readonly what: string };

const headSchema = v.object({ schema: v.string(), version: v.number() });

/** Reads the text of an attachment; never throws. */
export function readReport(text: string): ReportContent {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { kind: 'damaged', what: error instanceof Error ? error.message : String(error) };
  }
  const head = v.safeParse(headSchema, json);
  if (!head.success) return { kind: 'damaged', what: 'It does not say which schema it has.' };
  return read(head.output, json);
}

function read({ schema, version }: v.InferOutput<typeof headSchema>, json: unknown): ReportContent {
  if (version !== 1) return { kind: 'unknown', schema, version };
  switch (schema) {
    case 'daemonless.build': {
      const { success, output, issues } = v.safeParse(buildReportSchema, json);
      return success ? { kind: 'build', report: output } : damaged(issues);
    }
    case 'daemonless.services': {
      const { success, output, issues } = v.safeParse(servicesReportSchema, json);
      return success ? { kind: 'services', report: output } : damaged(issues);
    }
    case 'daemonless.doctor': {
      const { success, output, issues } = v.safeParse(doctorSchema, json);
      return success ? { kind: 'doctor', report: output } : damaged(issues);
    }
    case 'daemonless.prune': {
      const { success, output, issues } = v.safeParse(pruneReportSchema, json);
      return success ? { kind: 'prune', report: output } : damaged(issues);
    }
    default:
      return { kind: 'unknown', schema, version };
  }
}

function damaged([issue]: readonly v.BaseIssue<unknown>[] = []): ReportContent {
  const place = issue === undefined ? null : v.getDotPath(issue);
  return { kind: 'damaged', what: `${place ?? 'report'}: ${issue?.message ?? 'not readable'}` };
}
