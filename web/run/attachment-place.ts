/** Where an attachment of a run lies: the REST API takes it apart like this. */
export interface AttachmentPlace {
  readonly timeline: string;
  readonly record: string;
  readonly type: string;
  readonly name: string;
}

/**
 * From the address in a list of attachments, the only place that tells timeline and record; undefined when it has another
 * form. Its host is not looked at: behind a proxy the server may know itself by a name that the browser does not reach.
 */
export function attachmentPlace(href: string): AttachmentPlace | undefined {
  const [, timeline, record, type, name] =
    /\/builds\/\d+\/([^/?]+)\/([^/?]+)\/attachments\/([^/?]+)\/([^/?]+)(?:\?|$)/i.exec(href) ?? [];
  if (timeline === undefined || record === undefined || type === undefined || name === undefined) {
    return undefined;
  }
  const [decodedType, decodedName] = [decoded(type), decoded(name)];
  if (decodedType === undefined || decodedName === undefined) return undefined;
  return { timeline, record, type: decodedType, name: decodedName };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
