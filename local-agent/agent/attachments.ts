import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One attachment of a step's timeline record. The same type and name again replaces it. */
export interface Attachment {
  readonly timelineId: string;
  readonly recordId: string;
  readonly type: string;
  readonly name: string;
  /** The file the task named. */
  readonly path: string;
  /** Our copy; null while it waits in the queue, and for ever if the file was gone by then. */
  readonly stored: string | null;
}

/** Keeps attachments as the server would: queued when named, copied when the queue drains, never masked. */
export class AttachmentStore {
  private readonly attachments = new Map<string, Attachment>();
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  queue(attachment: Omit<Attachment, 'stored'>): void {
    this.attachments.set(keyOf(attachment), { ...attachment, stored: null });
  }

  list(recordId?: string): Attachment[] {
    return [...this.attachments.values()].filter(
      (item) => recordId === undefined || item.recordId === recordId,
    );
  }

  /** Copies what waits. Best effort as the agent's uploads are: answers those whose file is gone, and fails nothing. */
  async drain(): Promise<Attachment[]> {
    const lost: Attachment[] = [];
    for (const attachment of this.list().filter(({ stored }) => stored === null)) {
      const { timelineId, recordId, type, name } = attachment;
      const stored = join(this.folder, timelineId, recordId, type, name);
      try {
        await mkdir(dirname(stored), { recursive: true });
        await copyFile(attachment.path, stored);
        this.attachments.set(keyOf(attachment), { ...attachment, stored });
      } catch {
        lost.push(attachment);
      }
    }
    return lost;
  }
}

function keyOf({ timelineId, recordId, type, name }: Omit<Attachment, 'stored'>): string {
  return [timelineId, recordId, type, name].join('/');
}
