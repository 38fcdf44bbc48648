import * as v from 'valibot';
import type { Mount } from './model.ts';
import { type Reading, fault, readBy } from './reading.ts';

const form = '[source:]/target[:ro|rw]';

/** `volumes` of a service, short form: a bind (`./x`, `/x`, `~/x`), a named volume, or an anonymous one. */
export const mountsSchema = v.array(
  readBy((input) =>
    typeof input === 'string'
      ? readMount(input)
      : fault('is in the long form, which is not supported yet.', `Write ${form}.`),
  ),
);

function readMount(text: string): Reading<Mount> {
  const [first = '', second, options = 'rw', ...more] = text.split(':');
  if (more.length > 0 || first === '') {
    return fault(`expected ${form}, found "${text}".`, 'Mend it.');
  }
  if (options !== 'ro' && options !== 'rw') {
    return fault(`has the option "${options}", which is not supported yet.`, 'Use ro or rw.');
  }
  const target = second ?? first;
  if (!target.startsWith('/')) {
    return fault(
      `expected an absolute path in the container, found "${target}".`,
      `Write ${form}.`,
    );
  }
  const readOnly = options === 'ro';
  if (second === undefined) return { value: { kind: 'anonymous', target, readOnly } };
  return readNamed(first, target, readOnly);
}

function readNamed(source: string, target: string, readOnly: boolean): Reading<Mount> {
  if (/^[./~]/.test(source)) return { value: { kind: 'bind', source, target, readOnly } };
  if (/^[a-zA-Z0-9][\w.-]*$/.test(source)) {
    return { value: { kind: 'volume', source, target, readOnly } };
  }
  return fault(
    `"${source}" is neither a path nor a volume's name.`,
    'Begin a path with ./ or /; names have letters, digits, "_", "." and "-".',
  );
}
