/** A field of the comma-separated option values of buildx: one comma or quote inside would cut it in two. */
export function csvField(text: string): string {
  return /[",\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
