import { LineCounter, parseAllDocuments } from 'yaml';

export interface YamlError {
  /** 1-based. */
  readonly line: number;
  /** A sentence. */
  readonly what: string;
}

/** Every syntax error of a YAML text. Finding them takes several times as long as reading a text that has none. */
export function syntaxErrors(text: string): readonly YamlError[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const read = 'empty' in documents ? [] : documents;
  return read.flatMap(({ errors }) =>
    errors.map(({ code, message, pos: [offset] }) => ({
      line: lines.linePos(offset).line,
      what: `${plainWords(code, message)}.`,
    })),
  );
}

function plainWords(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'The same key stands here a second time';
  return message.replace(/\.$/, '').replace(/ at line \d+, column \d+:?[\s\S]*$/, '');
}
