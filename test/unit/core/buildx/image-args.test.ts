import assert from 'node:assert/strict';
import { imageArguments } from '../../../../src/core/buildx/image-args.ts';
import { plainRequest } from '../../../support/build-request.ts';

const { image, format, exports } = plainRequest;
const silent = { ...image, references: [], isPushed: false };
const whole = { isByDigest: false, hasIndex: true };

const outputs = (args: readonly string[]): readonly string[] =>
  args.filter((_, at) => args[at - 1] === '--output');

describe('what a build writes', () => {
  it('is each output beside the push, in the form that was asked for', () => {
    const wanted = {
      ...exports,
      ociLayout: '/out/a, b',
      tarFile: '/out/image.tar',
      localFolder: '/bin',
    };
    const zstd = { ...format, compression: 'zstd', sourceDateEpoch: 1700000000 } as const;
    const found = outputs(imageArguments({ image, format: zstd, exports: wanted }, whole));
    const form = 'compression=zstd,oci-mediatypes=true,rewrite-timestamp=true';
    assert.deepEqual(found, [
      `type=image,push=true,unpack=false,${form}`,
      `type=oci,"dest=/out/a, b",tar=false,${form}`,
      `type=oci,dest=/out/image.tar,${form}`,
      'type=local,dest=/bin',
    ]);
  });

  it('has the same form in a part of a merged image', () => {
    const index = { ...format, attestationFormat: 'index' } as const;
    const [found = ''] = outputs(
      imageArguments({ image, format: index, exports }, { ...whole, isByDigest: true }),
    );
    assert.match(found, /push-by-digest=true,name-canonical=true,oci-artifact=false$/);
  });

  it('is what raw outputs say, without anything of ours', () => {
    const raw = ['type=tar,dest=/rootfs.tar'];
    const args = imageArguments({ image: silent, format, exports: { ...exports, raw } }, whole);
    assert.deepEqual(args, ['--output', 'type=tar,dest=/rootfs.tar']);
  });

  it('is only the cache of the daemon when nothing is asked for', () => {
    const args = imageArguments({ image: silent, format, exports }, whole);
    assert.deepEqual(args, ['--output', 'type=cacheonly']);
  });
});
