const shortest = 3;

/** A function that replaces every secret, each of its lines, and their base64 and URI forms by `***`. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap(formsOf));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((result, form) => result.split(form).join('***'), text);
}

function formsOf(secret: string): readonly string[] {
  const parts = [secret, ...secret.split(/\r\n|\r|\n/)].map((part) => part.trim());
  return parts
    .filter((part) => part.length >= shortest)
    .flatMap((part) => [part, base64(part), encodeURIComponent(part)]);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
