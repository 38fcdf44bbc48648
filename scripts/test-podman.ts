import { podmanHost } from './lib/podman-hosts/hosts.ts';
import { testOnHost } from './lib/podman-hosts/test-on-host.ts';
import { runScript } from './lib/run-script.ts';

const [name = '', ...files] = process.argv.slice(2);
const services = ['test/e2e/podman/*services*.test.ts'];

await runScript(async () => {
  process.exitCode = await testOnHost(podmanHost(name), files.length > 0 ? files : services);
});
