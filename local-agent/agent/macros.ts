/**
 * Replaces `$(name)` by what `lookUp` knows, in one pass: a replaced value is not looked at again, and a name that is
 * not known stays as it stands (CORE/Util/VarUtil.cs, ExpandValues).
 */
export function expandMacros(text: string, lookUp: (name: string) => string | undefined): string {
  let result = text;
  let start = 0;
  for (;;) {
    const prefix = result.indexOf('$(', start);
    const suffix = prefix < 0 ? -1 : result.indexOf(')', prefix + 2);
    if (suffix < 0) return result;
    const value = lookUp(result.slice(prefix + 2, suffix));
    if (value === undefined) {
      start = prefix + 1;
    } else {
      result = result.slice(0, prefix) + value + result.slice(suffix + 1);
      start = prefix + value.length;
    }
  }
}
