/** @throws Error that names who did not answer, after that many ms */
export function within<T>(ms: number, who: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${who} gave no answer in ${ms / 1000} s.`));
    }, ms);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
