import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ownNetwork } from '../../support/own-network.ts';
import { type OwnNamespaces, ownNamespaces } from '../../support/own-namespaces.ts';
import { mustRun } from '../../support/run-tool.ts';
import { type BundledJob, runBundledJob } from '../../support/services-bundle.ts';
import {
  type ServicesGround,
  leave,
  skipWithoutPlainUser,
  startServicesGround,
} from '../../support/services-ground.ts';

const web = {
  image: 'busybox:1',
  command: 'httpd -f -p 18080 -h /etc',
  ports: ['18080'],
  healthcheck: { test: 'wget -qO /dev/null http://127.0.0.1:18080/passwd', interval: '1s' },
};
const tests = {
  image: 'busybox:1',
  command: 'wget -qO- http://web:18080/passwd',
  depends_on: { web: { condition: 'service_healthy' } },
};
const up = { compose: { services: { web, tests } }, inputs: { testService: 'tests' } };
const cgroups =
  'for c in /sys/fs/cgroup /sys/fs/cgroup/*; do ! mountpoint -q $c || mount -o remount,bind,ro $c; done';
/** Version 2 alone, without a controller that Podman wants: those are with v1 here, or were not delegated. */
const bareCgroups =
  'umount --recursive --lazy /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup';
const maskedProc = 'mount --bind -o ro /proc/sys /proc/sys';

for (const as of ['root', 'plain user'] as const) {
  describe(`A host that is like a pod, as ${as}`, function () {
    this.timeout(120_000);
    let ground: ServicesGround;
    const pods: OwnNamespaces[] = [];

    before(async function () {
      if (as === 'plain user') await skipWithoutPlainUser(this);
      ground = await startServicesGround(as);
    });

    after(async () => {
      for (const pod of pods) pod.remove();
      await leave(ground);
    });

    /** One mount namespace for both of the task's steps, so that the machine keeps what the pod does not have. */
    async function inPod(command: string): Promise<readonly string[]> {
      const pod = await ownNamespaces(['mount'], [command]);
      pods.push(pod);
      return pod.launcher;
    }

    async function works(job: Omit<BundledJob, 'id'>): Promise<string> {
      const step = await runBundledJob(ground, { ...up, ...job, id: 'pod' });
      assert.match(step.main.output, /^root:x:0:0/m, step.main.output);
      assert.match(step.main.output, /^tests ended with exit code 0\.$/m);
      const post = await step.post('Succeeded');
      assert.doesNotMatch(post.output, /logissue/);
      assert.deepEqual(await ground.left(), []);
      return step.main.output;
    }

    it('is examined by the doctor, as Markdown and JSON', async () => {
      const { main } = await runBundledJob(ground, { id: 'd', inputs: { command: 'doctor' } });
      const path = /^##vso\[task\.addattachment type=daemonless\.doctor;[^\]]*\](.*)$/m.exec(
        main.output,
      );
      const report = JSON.parse(await readFile(path?.[1] ?? '', 'utf8')) as { verdict: string };
      assert.ok(['ready', 'adapted'].includes(report.verdict), main.output);
      assert.match(main.output, /^\*\*Podman is ready for services/m);
      assert.deepEqual(await ground.left(), []);
    });

    it('remembers what it needs until something changes', async () => {
      await works({});
      const again = await works({});
      assert.match(again, /What it needs is known since an earlier job of this boot\./);
      assert.doesNotMatch(again, /--rootfs/);
      const path = join(ground.folder, 'agent/_daemonless/podman-host.json');
      assert.match(await readFile(path, 'utf8'), /"findings"/);
    });

    /** Ends Podman's pause process, whose namespaces were made before the host became like a pod. */
    async function startAnew(): Promise<void> {
      const { launcher = [], environment = {} } = ground.user ?? {};
      await mustRun(['env', ...launcher, 'podman', 'system', 'migrate'], { ...environment });
    }

    if (as === 'root') {
      it('has a cgroup without limits to give', async () => {
        const output = await works({ within: await inPod(bareCgroups) });
        assert.match(output, /^--pids-limit 0, and no limits of memory.* has none to give\.$/m);
      });

      it('has a network that is gone in its DNS server, at the address of ours', async () => {
        const network = await ownNetwork();
        pods.push(network);
        const within = network.launcher;
        const file = '/run/containers/networks/aardvark-dns/gone';
        const inside = (script: string): Promise<string> =>
          mustRun(['env', ...within, 'sh', '-c', script], {});
        const row = '10.89.0.1\\n0123 10.89.0.2  gone-web,web,0123';
        await inside(`mkdir -p ${dirname(file)} && printf '${row}' > ${file}`);
        const step = await runBundledJob(ground, {
          ...{ id: 'gone', compose: { services: { web } }, within },
        });
        assert.match(step.main.output, /serves the network gone at 10\.89\.0\.1, which is gone/);
        await step.post('Succeeded');
        await inside(`rm ${file}`);
        assert.doesNotMatch(await works({ within }), /which is gone/);
      });

      it("shares the agent's network when it may not make others", async () => {
        const weak = ['setpriv', '--bounding-set=-net_admin', '--inh-caps=-net_admin'];
        assert.match(await works({ within: weak }), /^--network host, because this agent may not/m);
      });
      return;
    }

    it('has no /dev/net/tun, so that all services share one network', async () => {
      const within = await inPod('mount -t tmpfs none /dev/net');
      const output = await works({ within });
      assert.match(output, /^--network host, because \/dev\/net\/tun/m);
      const services = { web, other: { ...web, healthcheck: { disable: true } } };
      const clash = await runBundledJob(ground, { id: 'clash', compose: { services }, within });
      assert.match(clash.main.output, /web and other both use port 18080\/tcp/);
      await clash.post('Failed');
    });

    it('has a masked /proc', async () => {
      await startAnew();
      const output = await works({ within: await inPod(maskedProc) });
      // crun gets along with it, and runc 1.3 needs other sysctls alone.
      const ofRunc =
        /^--volume \/proc:\/proc, because this pod's|because \/proc\/sys is read-only/m;
      if (output.includes('--runtime runc')) assert.match(output, ofRunc);
      // Netavark cannot write its own sysctls either.
      assert.match(output, /^--network host, because this agent may not make networks/m);
    });

    it('has read-only cgroups', async () => {
      await works({ within: await inPod(cgroups) });
    });

    it('does not allow privilege escalation, which is an error with the cure', async () => {
      await startAnew();
      const step = await runBundledJob(ground, {
        ...up,
        id: 'nnp',
        within: ['setpriv', '--no-new-privs'],
      });
      assert.match(step.main.output, /type=error[^\n]*Leave allowPrivilegeEscalation unset/);
      assert.doesNotMatch(step.main.output, /defect/);
    });
  });
}
