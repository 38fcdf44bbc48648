import { dockerHub, mirrorStorage, type ImageSource } from '../images/image-source.ts';
import { startRegistry, type RunningRegistry } from './registry.ts';

/**
 * Starts the mirror of docker.io: a pull-through proxy where Docker Hub can be reached, else a read-only
 * registry of the images that set-up made.
 */
export function startMirror(stateDir: string, source: ImageSource): Promise<RunningRegistry> {
  const storageDir = mirrorStorage(source);
  const plan = { name: 'mirror', stateDir, storageDir };
  return startRegistry(
    source === 'made' ? { ...plan, readOnly: true } : { ...plan, remoteUrl: dockerHub },
  );
}
