/** Gives steps without a `name:` the one the server would make: the task's name and a number (CmdLine1, CmdLine2, …). */
export class StepNames {
  private readonly taken = new Set<string>();

  /** Takes a given name; false when another step of the job has it already (names ignore case). */
  take(name: string): boolean {
    const key = name.toLowerCase();
    if (this.taken.has(key)) return false;
    this.taken.add(key);
    return true;
  }

  /** A free name made from the task's. */
  make(task: string): string {
    const base = task.replace(/[^A-Za-z0-9_]/g, '');
    let number = 1;
    while (!this.take(`${base}${number}`)) number += 1;
    return `${base}${number}`;
  }
}
