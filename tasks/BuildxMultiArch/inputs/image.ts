import type { ImageRequest } from '../../../src/core/image/image-request.ts';
import { imagesOf } from '../../../src/core/image/tags.ts';
import { type Parsed, parsed, rejected } from '../../../src/core/parsed.ts';
import type { Inputs } from './surroundings.ts';

export function parseImage(
  inputs: Pick<Inputs, 'repository' | 'tags' | 'push'>,
): Parsed<ImageRequest> {
  const references = imagesOf(inputs);
  if (!references.ok) return references;
  if (references.value.length > 0 || !inputs.push) {
    return parsed({ references: references.value, isPushed: inputs.push });
  }
  return rejected({
    where: 'repository',
    what: 'Nothing says where to push the image.',
    change: 'Write e.g. my.azurecr.io/shop/orders, or set "push" to false.',
  });
}
