/** What a shell or the kernel means by the exit code of a RUN step, to be put after it; '' where it is the program's own. */
export function exitCodeMeaning(code: string): string {
  const meanings: Readonly<Record<string, string>> = {
    '126': ', found but not executable',
    '127': ', command not found',
    '137': ', killed, often for want of memory',
    '139': ', crashed',
  };
  return meanings[code] ?? '';
}
