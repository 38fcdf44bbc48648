// local-agent/cli/cancel-signals.ts
function onCancelSignals(say) {
  const controller = new AbortController();
  const cancel = () => {
    if (controller.signal.aborted)
      say("##[warning]Already canceling: post-job steps are still to run.");
    else say("##[warning]Canceling: the running step gets SIGINT, then post-job steps run.");
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, cancel);
  return {
    signal: controller.signal,
    stop: () => {
      for (const signal of signals) process.off(signal, cancel);
    }
  };
}

// local-agent/cli/console.ts
import { styleText } from "node:util";
var STYLES = [
  ["##[section]", "green"],
  ["##[command]", "cyan"],
  ["##[error]", "red"],
  ["##[warning]", "yellow"],
  ["##[debug]", "magenta"],
  ["##[group]", "bold"],
  ["##[endgroup]", "gray"]
];
function lineWriter(stream) {
  stream.on("error", () => void 0);
  const coloured = stream.isTTY && process.env["NO_COLOR"] === void 0;
  return (line) => {
    const style = coloured ? STYLES.find(([marker]) => line.startsWith(marker))?.[1] : void 0;
    stream.write(`${style ? styleText(style, line) : line}
`);
  };
}

// local-agent/cli/options.ts
import { resolve } from "node:path";
import { parseArgs } from "node:util";
var USAGE = `Runs the steps of an Azure Pipelines file on this machine, as the agent would.

Usage: npm run agent -- PIPELINE.yml [options]

  --resources FILE     variables, service connections, secure files, predefined variables (YAML or JSON);
                       default: local-agent.yml beside the pipeline, if it is there
  --tasks DIR          where tasks are: DIR/<Name>/task.json or DIR/<Name>/v<Major>/task.json (repeatable; default: tasks)
  --node 20|24|PATH    the Node that runs every task; default: as the agent chooses, which is Node 20
  --work DIR           the agent's work folder; default: a private temporary folder, removed at the end
  --repository DIR     what "checkout: self" gives; default: the folder of the pipeline file
  --json FILE          write the run's record to FILE
  --history DIR        keep the run and its attachments in DIR, and let tasks read the earlier runs that are there
  --parameter k=v      a value for a parameter of the pipeline (repeatable)
  --variable k=v       a variable for all jobs; wins over the file (repeatable)
  --debug              sets System.Debug
  --help

Exit code: 0 succeeded (with issues too), 1 failed, 2 something is wrong with the input (nothing was started), 130 canceled.`;
var UsageError = class extends Error {
  name = "UsageError";
};
var OPTIONS = {
  resources: { type: "string" },
  tasks: { type: "string", multiple: true },
  node: { type: "string" },
  work: { type: "string" },
  repository: { type: "string" },
  json: { type: "string" },
  history: { type: "string" },
  parameter: { type: "string", multiple: true },
  variable: { type: "string", multiple: true },
  debug: { type: "boolean" },
  help: { type: "boolean" }
};
function parseOptions(args) {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  const [pipeline, ...more] = positionals;
  if (pipeline === void 0 || more.length > 0) {
    throw new UsageError(`expected one pipeline file, found ${positionals.length}`);
  }
  const path = (value) => value === void 0 ? null : resolve(value);
  return {
    pipeline: resolve(pipeline),
    resources: path(values.resources),
    tasks: (values.tasks ?? ["tasks"]).map((folder) => resolve(folder)),
    node: values.node ?? null,
    work: path(values.work),
    repository: path(values.repository),
    json: path(values.json),
    history: path(values.history),
    parameters: pairs("--parameter", values.parameter),
    variables: pairs("--variable", values.variable),
    debug: values.debug ?? false
  };
}
function parse(args) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
function pairs(option, given = []) {
  return new Map(
    given.map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 1) throw new UsageError(`expected ${option} NAME=VALUE, found "${pair}"`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    })
  );
}

// local-agent/cli/run-pipeline.ts
import { randomBytes, randomInt, randomUUID as randomUUID4 } from "node:crypto";
import { writeFile as writeFile4 } from "node:fs/promises";
import { join as join12 } from "node:path";

// local-agent/fake-server/fake-server.ts
import { createReadStream } from "node:fs";
import { createServer } from "node:http";

// local-agent/fake-server/attachment-lists.ts
function attachmentsOf(build3, { buildId, attachments, earlierRuns }) {
  if (build3 === buildId) return attachments();
  return earlierRuns.find(({ id }) => id === build3)?.attachments;
}
function listAttachments(url, type2, attachments) {
  const base = url.pathname.slice(0, url.pathname.indexOf("/attachments/"));
  return attachments.filter((item) => item.type === type2 && item.stored !== null).map(({ timelineId, recordId, name }) => {
    const path = [timelineId, recordId, "attachments", type2, name].map(encodeURIComponent).join("/");
    return { name, _links: { self: { href: `${url.origin}${base}/${path}` } } };
  });
}

// local-agent/fake-server/build-routes.ts
function resourceLocations() {
  const versions2 = { minVersion: "2.0", maxVersion: "7.2", releasedVersion: "7.1" };
  const location = (id, resourceName, resourceVersion, rest) => ({
    ...{ id, area: "build", resourceName, resourceVersion, ...versions2 },
    routeTemplate: `{project}/_apis/{area}/${rest}`
  });
  return [
    location("0cd358e1-9217-4d94-8269-1c1ee6f93dcf", "builds", 7, "{resource}/{buildId}"),
    location(
      ...["f2192269-89fa-4f94-baf6-8fb128c55159", "attachments", 2],
      "builds/{buildId}/{resource}/{type}"
    ),
    location(
      ...["af5122d3-3438-485e-a25a-2dbbfde84ee6", "attachments", 2],
      "builds/{buildId}/{timelineId}/{recordId}/{resource}/{type}/{name}"
    )
  ];
}
function listBuilds(query, runs) {
  const definitions = (query.get("definitions") ?? "").split(",").map(Number);
  const branch = query.get("branchName");
  return runs.filter(({ definition }) => definitions.includes(definition)).filter(({ sourceBranch }) => branch === null || sourceBranch === branch).slice(0, Number(query.get("$top") ?? "1000")).map(({ id, buildNumber, definition, sourceBranch, result, finishTime }) => ({
    ...{ id, buildNumber, sourceBranch, result, finishTime, status: "completed" },
    definition: { id: definition }
  }));
}

// local-agent/fake-server/fake-server.ts
var AREA = /^\/local\/_apis\/build$/;
var BUILDS = /^\/local\/[^/]+\/_apis\/build\/builds\/?$/;
var LIST = /^\/local\/[^/]+\/_apis\/build\/builds\/(\d+)\/attachments\/([^/]+)$/;
var CONTENT = /^\/local\/[^/]+\/_apis\/build\/builds\/(\d+)\/([^/]+)\/([^/]+)\/attachments\/([^/]+)\/([^/]+)$/;
var SECURE_FILE = /^\/local\/[^/]+\/_apis\/distributedtask\/securefiles\/([^/]+)$/;
async function startFakeServer(content) {
  const server = createServer((request, response) => {
    try {
      answer(request, response, content);
    } catch (error) {
      sendJson(response, 400, { message: String(error) });
    }
  });
  await new Promise((resolve6, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve6);
  });
  const { port } = server.address();
  return { collectionUri: `http://127.0.0.1:${port}/local/`, stop: () => stop(server) };
}
function stop(server) {
  return new Promise((resolve6) => {
    server.close(() => {
      resolve6();
    });
    server.closeAllConnections();
  });
}
function answer(request, response, content) {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  if (!isAllowed(request.headers.authorization, content.token))
    sendJson(response, 401, { message: "Unauthorized" });
  else if (!answerKnown(request.method ?? "", url, response, content)) {
    sendJson(response, 404, {
      message: `The fake server does not know ${request.method ?? ""} ${url.pathname}`
    });
  }
}
function answerKnown(method, url, response, content) {
  const value = method === "OPTIONS" ? locationsAt(url) : valuesAt(url, content);
  if (value !== void 0) {
    sendJson(response, 200, { count: value.length, value });
    return true;
  }
  if (method !== "GET") return false;
  const file = fileFor(url, content);
  if (!file) return false;
  response.writeHead(200, { "content-type": "application/octet-stream" });
  createReadStream(file).on("error", () => response.destroy()).pipe(response);
  return true;
}
function locationsAt({ pathname }) {
  return AREA.test(pathname) ? resourceLocations() : void 0;
}
function valuesAt(url, content) {
  if (BUILDS.test(url.pathname)) return listBuilds(url.searchParams, content.earlierRuns);
  const [, build3, type2 = ""] = LIST.exec(url.pathname) ?? [];
  const attachments = attachmentsOf(Number(build3), content);
  return attachments && listAttachments(url, decodeURIComponent(type2), attachments);
}
function fileFor(url, content) {
  const parts = CONTENT.exec(url.pathname)?.slice(1).map(decodeURIComponent);
  if (parts) {
    const [build3, ...wanted] = parts;
    const key = (item) => [item.timelineId, item.recordId, item.type, item.name].join("/");
    const attachments = attachmentsOf(Number(build3), content) ?? [];
    return attachments.find((item) => key(item) === wanted.join("/"))?.stored ?? null;
  }
  const secureFile = SECURE_FILE.exec(url.pathname);
  if (!secureFile || url.searchParams.get("download") !== "true") return null;
  return content.secureFile(secureFile[1] ?? "", url.searchParams.get("ticket") ?? "");
}
function isAllowed(header, token) {
  const basic = `Basic ${Buffer.from(`:${token}`).toString("base64")}`;
  return header === `Bearer ${token}` || header === basic;
}
function sendJson(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

// local-agent/fake-server/run-store.ts
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
var fileName = "run.json";
async function keepRun(folder, run2) {
  const own = join(folder, String(run2.id));
  await mkdir(own, { recursive: true });
  const attachments = run2.attachments.flatMap(
    (one2, at) => one2.stored === null ? [] : [{ ...one2, stored: one2.stored, copy: join(own, `${at}.bin`) }]
  );
  for (const { stored, copy } of attachments) await cp(stored, copy);
  const kept = attachments.map(({ copy, ...one2 }) => ({ ...one2, stored: copy }));
  await writeFile(join(own, fileName), JSON.stringify({ ...run2, attachments: kept }));
}
async function readRuns(folder) {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  const texts = names.map((name) => readFile(join(folder, name, fileName), "utf8"));
  const runs = (await Promise.all(texts)).map((text) => JSON.parse(text));
  return runs.sort((a, b) => b.finishTime.localeCompare(a.finishTime));
}

// local-agent/server/yaml/problem.ts
var InvalidInputError = class extends Error {
  name = "InvalidInputError";
  problems;
  constructor(problems) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
};
function formatProblem({ file, at, message }) {
  return at ? `${file}:${at.line}:${at.column}: ${message}` : `${file}: ${message}`;
}
function inOrder(problems) {
  const place = ({ at }) => at ? at.line * 1e4 + at.column : 0;
  return problems.toSorted((a, b) => place(a) - place(b));
}

// local-agent/server/predefined.ts
import { createHash as createHash2 } from "node:crypto";
import { basename } from "node:path";

// local-agent/server/derived-guid.ts
import { createHash } from "node:crypto";
function derivedGuid(kind, name) {
  const hex = createHash("sha256").update(`${kind}:${name.toLowerCase()}`).digest("hex");
  const variant = (parseInt(hex.slice(16, 18), 16) & 63 | 128).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32)
  ].join("-");
}
function isGuid(text) {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

// local-agent/server/predefined.ts
var PROJECT = "local";
function predefinedVariables(run2, job) {
  const values = /* @__PURE__ */ new Map();
  const all = [
    ...Object.entries({ ...build(run2), ...system(run2), ...job ? jobFacts(job) : {} }),
    ...run2.overrides
  ];
  for (const [name, value] of all) values.set(name.toLowerCase(), [name, value]);
  return [...values.values()].map(([name, value]) => ({
    name,
    value,
    isSecret: name.toLowerCase() === "system.accesstoken",
    isReadOnly: false
  }));
}
function build(run2) {
  const { git: git2 } = run2;
  const branch = overridden(run2, "Build.SourceBranch") ?? git2.branch;
  return {
    "Build.BuildId": String(run2.buildId),
    "Build.BuildNumber": `${run2.startedAt.toISOString().slice(0, 10).replaceAll("-", "")}.1`,
    "Build.BuildUri": `vstfs:///Build/Build/${run2.buildId}`,
    "Build.ContainerId": String(run2.buildId),
    "Build.DefinitionName": basename(run2.pipelineFile).replace(/\.ya?ml$/, ""),
    "Build.QueuedBy": "local agent",
    "Build.Reason": "Manual",
    "Build.Repository.Id": derivedGuid("repository", git2.uri),
    "Build.Repository.Name": git2.name,
    "Build.Repository.Provider": "Git",
    "Build.Repository.Uri": git2.uri,
    "Build.RequestedFor": "local agent",
    "Build.SourceBranch": branch,
    "Build.SourceBranchName": branch.split("/").at(-1) ?? branch,
    "Build.SourceVersion": git2.commit,
    "Build.SourceVersionAuthor": defuse(git2.author),
    "Build.SourceVersionMessage": defuse(git2.message),
    "Pipeline.Repository.Name": git2.name
  };
}
function system(run2) {
  return {
    "agent.readOnlyVariables": "true",
    "System.AccessToken": run2.accessToken,
    "System.CollectionId": derivedGuid("collection", PROJECT),
    "System.CollectionUri": run2.collectionUri,
    "System.Culture": "en-US",
    ...run2.debug ? { "System.Debug": "true" } : {},
    "System.DefinitionId": String(definitionId(run2.pipelineFile)),
    "System.HostType": "build",
    "System.IsScheduled": "False",
    "System.PlanId": run2.planId,
    "System.PullRequest.IsFork": "False",
    "System.ServerType": "Hosted",
    "System.TeamFoundationCollectionUri": run2.collectionUri,
    "System.TeamFoundationServerUri": run2.collectionUri,
    "System.TeamProject": PROJECT,
    "System.TeamProjectId": derivedGuid("project", PROJECT)
  };
}
function jobFacts(job) {
  return {
    "System.JobAttempt": "1",
    "System.JobDisplayName": job.displayName,
    "System.JobId": derivedGuid("job", job.name),
    "System.JobName": job.name,
    "System.PhaseAttempt": "1",
    "System.PhaseDisplayName": job.displayName,
    "System.PhaseName": job.name,
    "System.StageAttempt": "1",
    "System.StageDisplayName": "__default",
    "System.StageName": "__default"
  };
}
function overridden({ overrides }, name) {
  return [...overrides].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
function defuse(text) {
  return text.replaceAll("##vso", "**vso");
}
function definitionId(file) {
  return createHash2("sha256").update(file).digest().readUInt32BE() % 99999 + 1;
}

// local-agent/cli/stored-run.ts
var storedResults = {
  Succeeded: "succeeded",
  SucceededWithIssues: "partiallySucceeded",
  Failed: "failed",
  Canceled: "canceled",
  Skipped: "succeeded",
  Abandoned: "failed"
};
function storedRun(run2, result, jobs) {
  const variables = new Map(predefinedVariables(run2, null).map(({ name, value }) => [name, value]));
  return {
    id: run2.buildId,
    buildNumber: variables.get("Build.BuildNumber") ?? "",
    definition: Number(variables.get("System.DefinitionId")),
    sourceBranch: variables.get("Build.SourceBranch") ?? "",
    result: storedResults[result],
    finishTime: (/* @__PURE__ */ new Date()).toISOString(),
    attachments: jobs.flatMap((job) => job.attachments.list())
  };
}

// local-agent/server/stand-in-packages.ts
import { copyFile, mkdir as mkdir2 } from "node:fs/promises";
import { join as join2 } from "node:path";
import { fileURLToPath } from "node:url";
import { build as build2 } from "esbuild";
var STAND_INS = ["CmdLine", "Bash", "PublishTestResults", "DownloadSecureFile"];
var SOURCES = fileURLToPath(new URL("../stand-ins/", import.meta.url));
async function packStandIns(folder) {
  await build2({
    entryPoints: STAND_INS.map((name) => ({
      in: join2(SOURCES, name, "main.ts"),
      out: join2(name, "main")
    })),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "silent"
  });
  for (const name of STAND_INS) {
    await mkdir2(join2(folder, name), { recursive: true });
    await copyFile(join2(SOURCES, name, "task.json"), join2(folder, name, "task.json"));
  }
}

// local-agent/cli/check-folders.ts
import { statSync } from "node:fs";
import { dirname } from "node:path";
function checkFolders({ repository, json }) {
  const wanted = [
    ["--repository", repository],
    ["the folder of --json", json && dirname(json)]
  ];
  const missing = wanted.flatMap(
    ([option, folder]) => folder === null || isFolder(folder) ? [] : [`${option} is no folder: ${folder}`]
  );
  if (missing.length > 0) throw new UsageError(missing.join("; "));
}
function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

// local-agent/expressions/tokens.ts
var ExpressionError = class extends Error {
  name = "ExpressionError";
};
var PUNCTUATION = /[()[\],.]/y;
var NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
var NUMBER = /-?\d+(?:\.\d+)*|-?\.\d+/y;
var STRING = /'((?:[^']|'')*)'/y;
var SPACE = /\s*/y;
function tokenize(text) {
  const tokens = [];
  let offset = skipSpace(text, 0);
  while (offset < text.length) {
    const [token, end] = readToken(text, offset);
    tokens.push(token);
    offset = skipSpace(text, end);
  }
  tokens.push({ kind: "end", offset: text.length });
  return tokens;
}
function readToken(text, offset) {
  const string = matchAt(STRING, text, offset);
  if (string) {
    const content = (string[1] ?? "").replaceAll("''", "'");
    return [{ kind: "string", text: content, offset }, offset + string[0].length];
  }
  const number = matchAt(NUMBER, text, offset);
  if (number) return [{ kind: "number", text: number[0], offset }, offset + number[0].length];
  const name = matchAt(NAME, text, offset);
  if (name) return [{ kind: "name", text: name[0], offset }, offset + name[0].length];
  const mark = matchAt(PUNCTUATION, text, offset);
  if (mark) return [{ kind: mark[0], offset }, offset + 1];
  throw new ExpressionError(
    text[offset] === "'" ? `the string that starts at "${text.slice(offset, offset + 20)}" has no closing quote` : `"${text.slice(offset, offset + 20)}" is no part of an expression (strings take single quotes)`
  );
}
function matchAt(pattern, text, offset) {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}
function skipSpace(text, offset) {
  return offset + (matchAt(SPACE, text, offset)?.[0].length ?? 0);
}

// local-agent/expressions/values.ts
function toBoolean(value) {
  return !(value === null || value === false || value === 0 || value === "");
}
function toText(value) {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "object")
    throw new ExpressionError("a whole context is no text; name a key of it");
  return String(value);
}
function toNumber(value) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null) return 0;
  if (typeof value !== "string") return null;
  const number = value.trim() === "" ? 0 : Number(value);
  return Number.isNaN(number) ? null : number;
}
function equal(left, right) {
  if (typeof left === "object" && left !== null) return left === right;
  if (left === null) return right === null || right === "";
  if (typeof left === "boolean") return left === toBoolean(right);
  if (typeof left === "number") return left === toNumber(right);
  return typeof right !== "object" || right === null ? left.toLowerCase() === toText(right).toLowerCase() : false;
}
function compare(left, right) {
  if (typeof left === "number" || typeof left === "boolean") {
    const number = toNumber(right);
    if (number === null)
      throw new ExpressionError(`cannot compare a number with "${toText(right)}"`);
    return Number(left) - number;
  }
  const a = toText(left).toLowerCase();
  const b = toText(right).toLowerCase();
  return a < b ? -1 : a > b ? 1 : 0;
}

// local-agent/expressions/functions.ts
function two(call) {
  return { min: 2, max: 2, call: ([left = null, right = null]) => call(left, right) };
}
function one(call) {
  return { min: 1, max: 1, call: ([value = null]) => call(value) };
}
function any(min, call) {
  return { min, max: Infinity, call };
}
var lower = (value) => toText(value).toLowerCase();
var COMMON_FUNCTIONS = /* @__PURE__ */ new Map([
  ["and", any(2, (args) => args.every(toBoolean))],
  ["or", any(2, (args) => args.some(toBoolean))],
  ["not", one((value) => !toBoolean(value))],
  ["xor", two((left, right) => toBoolean(left) !== toBoolean(right))],
  ["eq", two(equal)],
  ["ne", two((left, right) => !equal(left, right))],
  ["gt", two((left, right) => compare(left, right) > 0)],
  ["ge", two((left, right) => compare(left, right) >= 0)],
  ["lt", two((left, right) => compare(left, right) < 0)],
  ["le", two((left, right) => compare(left, right) <= 0)],
  ["in", any(2, ([value = null, ...list]) => list.some((item) => equal(value, item)))],
  ["notin", any(2, ([value = null, ...list]) => !list.some((item) => equal(value, item)))],
  ["contains", two((text, part) => lower(text).includes(lower(part)))],
  ["startswith", two((text, part) => lower(text).startsWith(lower(part)))],
  ["endswith", two((text, part) => lower(text).endsWith(lower(part)))],
  ["coalesce", any(2, (args) => args.find((value) => value !== null && value !== "") ?? null)],
  ["format", any(1, ([pattern = "", ...args]) => format(toText(pattern), args))],
  ["join", any(2, ([separator = "", ...list]) => list.map(toText).join(toText(separator)))],
  ["length", one((value) => toText(value).length)],
  ["lower", one(lower)],
  ["upper", one((value) => toText(value).toUpperCase())],
  ["trim", one((value) => toText(value).trim())],
  ["replace", { min: 3, max: 3, call: (args) => replace(args) }],
  [
    "iif",
    {
      min: 3,
      max: 3,
      call: ([test = null, yes = null, no = null]) => toBoolean(test) ? yes : no
    }
  ]
]);
function replace([text = "", from = "", to = ""]) {
  return toText(text).replaceAll(toText(from), toText(to));
}
function format(pattern, args) {
  return pattern.replace(/\{\{|\}\}|\{(\d+)\}/g, (match, index) => {
    if (index === void 0) return match.slice(1);
    const value = args[Number(index)];
    if (value === void 0) throw new ExpressionError(`format has no argument for ${match}`);
    return toText(value);
  });
}

// local-agent/expressions/parse.ts
function parseExpression(text) {
  const cursor = new Cursor(text);
  const expression = readExpression(cursor);
  cursor.expect("end");
  return expression;
}
var Cursor = class {
  tokens;
  position = 0;
  text;
  constructor(text) {
    this.text = text;
    this.tokens = tokenize(text);
  }
  next() {
    const token = this.tokens[this.position] ?? { kind: "end", offset: this.text.length };
    this.position += 1;
    return token;
  }
  accept(kind) {
    if (this.tokens[this.position]?.kind !== kind) return false;
    this.position += 1;
    return true;
  }
  expect(kind) {
    const token = this.next();
    if (token.kind !== kind) throw this.unexpected(token, kind === "end" ? "the end" : `"${kind}"`);
  }
  unexpected(token, expected) {
    const found = token.kind === "end" ? "the end" : `"${this.text.slice(token.offset)}"`;
    return new ExpressionError(`expected ${expected}, found ${found}`);
  }
};
function readExpression(cursor) {
  let expression = readPrimary(cursor);
  for (; ; ) {
    if (cursor.accept("[")) {
      const key = readExpression(cursor);
      cursor.expect("]");
      expression = { kind: "index", target: expression, key };
    } else if (cursor.accept(".")) {
      expression = { kind: "index", target: expression, key: readProperty(cursor) };
    } else return expression;
  }
}
function readProperty(cursor) {
  const token = cursor.next();
  if (token.kind !== "name") throw cursor.unexpected(token, 'a property name after "."');
  return { kind: "literal", value: token.text };
}
function readPrimary(cursor) {
  const token = cursor.next();
  if (token.kind === "string") return { kind: "literal", value: token.text };
  if (token.kind === "number") return { kind: "literal", value: numberOrVersion(token.text) };
  if (token.kind !== "name") throw cursor.unexpected(token, "a value, a function or a context");
  if (cursor.accept("(")) return { kind: "call", name: token.text, args: readArguments(cursor) };
  const literal = KEYWORDS.get(token.text.toLowerCase());
  if (literal !== void 0) return { kind: "literal", value: literal };
  return { kind: "context", name: token.text };
}
var KEYWORDS = /* @__PURE__ */ new Map([
  ["true", true],
  ["false", false],
  ["null", null]
]);
function readArguments(cursor) {
  const args = [];
  if (cursor.accept(")")) return args;
  do
    args.push(readExpression(cursor));
  while (cursor.accept(","));
  cursor.expect(")");
  return args;
}
function numberOrVersion(text) {
  return /^-?\d*\.?\d+$/.test(text) ? Number(text) : text;
}

// local-agent/expressions/evaluate.ts
function compile(text, scope) {
  const expression = parseExpression(text);
  check(expression, scope);
  return expression;
}
function evaluate(expression, scope) {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "context":
      return scope.contexts.get(expression.name.toLowerCase()) ?? null;
    case "index":
      return lookUp(evaluate(expression.target, scope), evaluate(expression.key, scope));
    case "call":
      return functionOf(expression.name, scope).call(
        expression.args.map((argument) => evaluate(argument, scope))
      );
  }
}
function lookUp(target, key) {
  if (target === null || typeof target !== "object") return null;
  return target.get(toText(key).toLowerCase()) ?? null;
}
function check(expression, scope) {
  if (expression.kind === "context") checkContext(expression.name, scope);
  if (expression.kind === "index") {
    check(expression.target, scope);
    check(expression.key, scope);
  }
  if (expression.kind !== "call") return;
  const { min, max } = functionOf(expression.name, scope);
  const count = expression.args.length;
  if (count < min || count > max) {
    const wanted = min === max ? `${min}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
    throw new ExpressionError(`${expression.name} takes ${wanted} argument(s), found ${count}`);
  }
  for (const argument of expression.args) check(argument, scope);
}
function checkContext(name, scope) {
  if (scope.contexts.has(name.toLowerCase())) return;
  const known = [...scope.contexts.keys()].join(", ");
  throw new ExpressionError(`"${name}" is not known here; expected one of: ${known}`);
}
function functionOf(name, scope) {
  const key = name.toLowerCase();
  const found = scope.functions?.get(key) ?? COMMON_FUNCTIONS.get(key);
  if (!found) throw new ExpressionError(`there is no function "${name}" here`);
  return found;
}

// local-agent/agent/conditions.ts
function checkCondition(condition) {
  compile(effective(condition), scopeOf({ jobResult: null, variables: [] }));
}
function evaluateCondition(condition, facts) {
  const scope = scopeOf(facts);
  return toBoolean(evaluate(compile(effective(condition), scope), scope));
}
function effective(condition) {
  return condition.trim() === "" ? "succeeded()" : condition;
}
function scopeOf({ jobResult, variables }) {
  const values = new Map(variables.map(({ name, value }) => [name.toLowerCase(), value]));
  return { contexts: /* @__PURE__ */ new Map([["variables", values]]), functions: statusFunctions(jobResult) };
}
function statusFunctions(result) {
  const succeeded = result === null || result === "Succeeded" || result === "SucceededWithIssues";
  const status = (value) => ({ min: 0, max: 0, call: () => value });
  return /* @__PURE__ */ new Map([
    ["always", status(true)],
    ["canceled", status(result === "Canceled")],
    ["failed", status(result === "Failed")],
    ["succeeded", status(succeeded)],
    ["succeededorfailed", status(succeeded || result === "Failed")]
  ]);
}

// local-agent/server/compile-job.ts
import { randomUUID } from "node:crypto";

// local-agent/server/compile-inputs.ts
function compileInputs(step, task, { source, resources }) {
  const inputs = {};
  const referenced = [];
  for (const [key, given] of step.inputs) {
    const input = task.inputs.find((candidate) => answersTo(candidate, key));
    if (!input) source.warnAt(given.at, `${task.name}@${task.major} has no input "${key}"`);
    const ids = input ? resolveIds(input, given, source, resources) : null;
    inputs[input?.name ?? key] = ids?.join(",") ?? given.value;
    referenced.push(...ids ?? []);
  }
  return { inputs, referenced };
}
function answersTo(input, key) {
  return [input.name, ...input.aliases].some((name) => name.toLowerCase() === key.toLowerCase());
}
function resolveIds(input, { value, at }, source, resources) {
  const connection = /^connectedService:/i.test(input.type);
  if (!(connection || input.type.toLowerCase() === "securefile") || value.trim() === "")
    return null;
  const known = connection ? resources.connections : resources.secureFiles;
  const what = connection ? "service connection" : "secure file";
  return value.split(",").map((part) => {
    const name = part.trim();
    const found = known.find(
      (item) => item.id === name || item.name.toLowerCase() === name.toLowerCase()
    );
    if (found?.id) return found.id;
    if (!isGuid(name)) source.reportAt(at, unknownName(what, name, known));
    return name;
  });
}
function unknownName(what, name, known) {
  const list = known.map((item) => item.name).join(", ") || "none (see --resources)";
  return `there is no ${what} "${name}"; the resources file has: ${list}`;
}

// local-agent/server/implied-checkout.ts
function withCheckout(steps) {
  const value = (step) => step.inputs.get("repository")?.value;
  const kept = steps.filter((step) => value(step) !== "none");
  if (steps.some(({ task }) => task.value === "checkout")) return kept;
  return [IMPLIED_CHECKOUT, ...kept];
}
var IMPLIED_CHECKOUT = {
  at: { line: 1, column: 1 },
  task: { value: "checkout", at: { line: 1, column: 1 } },
  inputs: /* @__PURE__ */ new Map(),
  name: null,
  displayName: null,
  condition: null,
  continueOnError: false,
  enabled: true,
  environment: [],
  timeoutInMinutes: 0,
  retryCountOnTaskFailure: 0
};

// local-agent/server/step-names.ts
var StepNames = class {
  taken = /* @__PURE__ */ new Set();
  /** Takes a given name; false when another step of the job has it already (names ignore case). */
  take(name) {
    const key = name.toLowerCase();
    if (this.taken.has(key)) return false;
    this.taken.add(key);
    return true;
  }
  /** A free name made from the task's. */
  make(task) {
    const base = task.replace(/[^A-Za-z0-9_]/g, "");
    let number = 1;
    while (!this.take(`${base}${number}`)) number += 1;
    return `${base}${number}`;
  }
};

// local-agent/server/compile-job.ts
var CANCEL_TIMEOUT = 5;
async function compileJob(job, context) {
  const names = new StepNames();
  const referenced = /* @__PURE__ */ new Set();
  const steps = [];
  for (const step of withCheckout(job.steps).filter(({ enabled }) => enabled)) {
    const compiled = await compileStep(step, { context, names, referenced });
    if (compiled) steps.push(compiled);
  }
  return {
    jobId: derivedGuid("job", job.name),
    jobName: job.name,
    displayName: job.displayName,
    timelineId: randomUUID(),
    timeoutInMinutes: job.timeoutInMinutes,
    cancelTimeoutInMinutes: CANCEL_TIMEOUT,
    continueOnError: job.continueOnError,
    variables: mergeVariables([
      context.predefined(job),
      context.resources.variables,
      job.variables,
      context.overrides
    ]),
    endpoints: endpoints(context, referenced),
    secureFiles: secureFiles(context.resources, referenced),
    repository: context.repository,
    steps
  };
}
async function compileStep(step, scope) {
  const { source, catalog, repository, checkCondition: checkCondition2 } = scope.context;
  const { condition } = step;
  if (condition)
    source.guard(condition.at, void 0, () => {
      checkCondition2(condition.value);
    });
  if (step.task.value === "checkout") {
    const displayName = step.displayName ?? `Checkout ${repository.name} to s`;
    return { ...stepShape(step, "checkout", scope), displayName, inputs: {}, task: "checkout" };
  }
  const task = await catalog.find(step.task.value);
  if ("error" in task) {
    source.reportAt(step.task.at, task.error);
    return null;
  }
  const { inputs, referenced } = compileInputs(step, task, scope.context);
  referenced.forEach((id2) => scope.referenced.add(id2));
  const { id, name, version, folder } = task;
  return {
    ...stepShape(step, name, scope),
    displayName: step.displayName ?? name,
    inputs,
    task: { id, name, version, folder }
  };
}
function stepShape(step, task, { context, names }) {
  if (step.name && !names.take(step.name.value)) {
    context.source.reportAt(step.name.at, `another step of the job is called "${step.name.value}"`);
  }
  return {
    id: randomUUID(),
    name: step.name?.value ?? names.make(task),
    condition: step.condition?.value ?? "",
    continueOnError: step.continueOnError,
    timeoutInMinutes: step.timeoutInMinutes,
    retryCountOnTaskFailure: step.retryCountOnTaskFailure,
    environment: step.environment
  };
}
function mergeVariables(levels) {
  const merged2 = /* @__PURE__ */ new Map();
  for (const variable of levels.flat()) {
    const key = variable.name.toLowerCase();
    const isSecret = variable.isSecret || (merged2.get(key)?.isSecret ?? false);
    merged2.set(key, { ...variable, isSecret });
  }
  return [...merged2.values()];
}
function endpoints({ systemConnection: systemConnection2, resources }, referenced) {
  const used = resources.connections.filter(({ id }) => id !== null && referenced.has(id));
  return [systemConnection2, ...used];
}
function secureFiles(resources, referenced) {
  return resources.secureFiles.filter(({ id }) => referenced.has(id)).map(({ id, name }) => ({ id, name, ticket: randomUUID() }));
}

// local-agent/server/task-catalog.ts
import { existsSync as existsSync2 } from "node:fs";
import { readdir as readdir2 } from "node:fs/promises";
import { join as join4 } from "node:path";

// local-agent/server/task-package.ts
import { existsSync } from "node:fs";
import { readFile as readFile2 } from "node:fs/promises";
import { join as join3 } from "node:path";

// local-agent/protocol/json-fields.ts
function asRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
function asList(value) {
  return Array.isArray(value) ? value : [];
}
function asText(value) {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

// local-agent/server/task-package.ts
var STAGES = ["prejobexecution", "execution", "postjobexecution"];
async function readTaskPackage(folder) {
  const json = asRecord(JSON.parse(await readFile2(join3(folder, "task.json"), "utf8")));
  const version = asRecord(json["version"]);
  return {
    id: asText(json["id"]),
    name: asText(json["name"]),
    version: ["Major", "Minor", "Patch"].map((part) => asText(version[part]) || "0").join("."),
    major: Number(asText(version["Major"])),
    folder,
    inputs: asList(json["inputs"]).map(asRecord).map(readInput),
    missingTargets: STAGES.flatMap((stage) => missingTargets(folder, stage, asRecord(json[stage])))
  };
}
function readInput(json) {
  return {
    name: asText(json["name"]),
    aliases: asList(json["aliases"]).map(asText),
    type: asText(json["type"])
  };
}
function missingTargets(folder, stage, handlers) {
  return Object.entries(handlers).flatMap(([handler, entry]) => {
    const target = asText(asRecord(entry)["target"]).replaceAll("$(currentDirectory)", ".");
    return /^Node/.test(handler) && !existsSync(join3(folder, target)) ? [`${stage}.${handler}: ${target}`] : [];
  });
}

// local-agent/server/task-catalog.ts
var REFERENCE = /^(?:[^@\s]+\.)?([A-Za-z0-9-]+)@(\d+)$/;
var TaskCatalog = class {
  folders;
  /** A task is `folder/<Name>/task.json` or `folder/<Name>/v<Major>/task.json`; earlier folders win. */
  constructor(folders2) {
    this.folders = folders2;
  }
  /** Finds the task a `task:` line names. The error is a sentence that says what was expected. */
  async find(reference) {
    const match = REFERENCE.exec(reference);
    if (!match) return { error: `expected a task as Name@Major (Docker@2), found "${reference}"` };
    const [, name = "", major = ""] = match;
    const found = [];
    for (const folder of await this.candidates(name, major)) {
      const task = await readOrExplain(folder);
      if ("error" in task) return task;
      if (String(task.major) === major) return usable(task);
      found.push(`${task.name}@${task.major} in ${folder}`);
    }
    const also = found.length > 0 ? `; found ${found.join(", ")}` : "";
    return { error: `no task ${name}@${major} under ${this.folders.join(", ")}${also}` };
  }
  async candidates(name, major) {
    const candidates = [];
    for (const folder of this.folders) {
      const child = (await children(folder)).find(
        (entry) => entry.toLowerCase() === name.toLowerCase()
      );
      if (child) candidates.push(join4(folder, child, `v${major}`), join4(folder, child));
    }
    return candidates.filter((folder) => existsSync2(join4(folder, "task.json")));
  }
};
async function readOrExplain(folder) {
  try {
    return await readTaskPackage(folder);
  } catch (error) {
    return {
      error: `cannot read ${join4(folder, "task.json")}: ${error instanceof Error ? error.message : ""}`
    };
  }
}
async function children(folder) {
  return existsSync2(folder) ? await readdir2(folder) : [];
}
function usable(task) {
  if (task.missingTargets.length === 0) return task;
  const missing = task.missingTargets.join(", ");
  return {
    error: `${task.name}@${task.major} is not built: ${task.folder} has no file for ${missing} (npm run build)`
  };
}

// local-agent/cli/load-pipeline.ts
import { existsSync as existsSync3 } from "node:fs";
import { readFile as readFile3 } from "node:fs/promises";
import { dirname as dirname2, join as join5, relative } from "node:path";

// local-agent/server/git-facts.ts
import { basename as basename2 } from "node:path";
import { execa } from "execa";
var NO_COMMIT = "0".repeat(40);
async function readGitFacts(folder) {
  const [branch, commit, log, remote] = await Promise.all([
    git(folder, ["symbolic-ref", "--quiet", "HEAD"]),
    git(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]),
    git(folder, ["log", "-1", "--format=%s%n%an"]),
    git(folder, ["remote", "get-url", "origin"])
  ]);
  const [message = "", author = ""] = log.split("\n");
  return {
    name: basename2(folder),
    uri: withoutUserInfo(remote) || `file://${folder}`,
    branch: branch || "refs/heads/main",
    commit: commit || NO_COMMIT,
    message,
    author
  };
}
async function git(folder, args) {
  const { stdout, failed } = await execa("git", ["-C", folder, ...args], {
    reject: false,
    stdin: "ignore"
  });
  return failed ? "" : stdout;
}
function withoutUserInfo(uri) {
  return uri.replace(/^([a-z+]+:\/\/)[^/@]*@/i, "$1");
}

// local-agent/server/yaml/fields.ts
function located(reader, fields, key) {
  const entry = fields.get(key);
  return entry ? reader.text(entry.node, `"${key}"`) : null;
}
function textField(reader, fields, key, fallback) {
  return located(reader, fields, key)?.value ?? fallback;
}
function booleanField(reader, fields, key, fallback) {
  const found = located(reader, fields, key);
  if (!found) return fallback;
  const parsed = parseBoolean(found.value);
  if (parsed === null) {
    reader.source.reportAt(
      found.at,
      `expected "${key}" to be true or false, found "${found.value}"`
    );
  }
  return parsed ?? fallback;
}
function countField(reader, fields, key, { fallback, max }) {
  const found = located(reader, fields, key);
  if (!found) return fallback;
  const count = /^\d+$/.test(found.value) ? Number(found.value) : NaN;
  if (count <= max) return count;
  reader.source.reportAt(
    found.at,
    `expected "${key}" to be a whole number from 0 to ${max}, found "${found.value}"`
  );
  return fallback;
}
function parseBoolean(text) {
  const value = text.trim().toLowerCase();
  return value === "true" ? true : value === "false" ? false : null;
}

// local-agent/server/parameters.ts
var KEYS = ["name", "displayName", "type", "default", "values"];
var TYPES = ["string", "number", "boolean"];
function readParameters(reader, entry, given) {
  const values = /* @__PURE__ */ new Map();
  for (const item of entry ? reader.items(entry.node, '"parameters"') : []) {
    const fields = reader.fields(item, "a parameter", KEYS);
    const name = located(reader, fields, "name");
    if (!name?.value) reader.source.report(item, 'expected a parameter to have a "name"');
    else values.set(name.value.toLowerCase(), readValue(reader, fields, name, given));
  }
  for (const name of given.keys()) {
    if (!values.has(name.toLowerCase())) {
      reader.source.reportAt(
        null,
        `--parameter ${name}: the pipeline has no parameter of this name`
      );
    }
  }
  return values;
}
function readValue(reader, fields, name, given) {
  const type2 = textField(reader, fields, "type", "string");
  if (!TYPES.includes(type2)) {
    const at = located(reader, fields, "type")?.at ?? name.at;
    reader.source.reportAt(
      at,
      `expected the type of parameter "${name.value}" to be one of: ${TYPES.join(", ")}; found "${type2}"`
    );
  }
  const text = valueFromCommandLine(given, name.value) ?? located(reader, fields, "default")?.value;
  if (text === void 0) {
    reader.source.reportAt(
      name.at,
      `parameter "${name.value}" has no default: give one, or --parameter ${name.value}=VALUE`
    );
    return null;
  }
  checkAllowed(reader, fields, name, text);
  return typed(reader, name, type2, text);
}
function valueFromCommandLine(given, name) {
  return [...given].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
function checkAllowed(reader, fields, name, text) {
  const entry = fields.get("values");
  if (!entry) return;
  const allowed = reader.items(entry.node, '"values"').map((node) => reader.text(node, "a value").value);
  if (!allowed.includes(text)) {
    reader.source.reportAt(
      name.at,
      `expected parameter "${name.value}" to be one of: ${allowed.join(", ")}; found "${text}"`
    );
  }
}
function typed(reader, name, type2, text) {
  const value = type2 === "boolean" ? parseBoolean(text) : type2 === "number" ? toNumber2(text) : text;
  if (value === null) {
    reader.source.reportAt(
      name.at,
      `expected parameter "${name.value}" to be a ${type2}, found "${text}"`
    );
  }
  return value;
}
function toNumber2(text) {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
}

// local-agent/server/read-step.ts
var COMMON = [
  "condition",
  "continueOnError",
  "displayName",
  "enabled",
  "env",
  "name",
  "retryCountOnTaskFailure",
  "timeoutInMinutes"
];
var SHORTCUTS = /* @__PURE__ */ new Map([
  ["script", { task: "CmdLine@2", body: "script", inputs: ["workingDirectory", "failOnStderr"] }],
  ["bash", { task: "Bash@3", body: "script", inputs: ["workingDirectory", "failOnStderr"] }],
  // A copy of the working tree is the same at any depth and always clean.
  [
    "checkout",
    { task: "checkout", body: "repository", inputs: ["clean", "fetchDepth", "fetchTags"] }
  ]
]);
var KINDS = ["task", ...SHORTCUTS.keys()];
function readStep(reader, node) {
  const entries = reader.entries(node, "a step");
  const kind = entries.find(({ key }) => KINDS.includes(key));
  if (!kind) {
    reportUnknownStep(reader, node, entries);
    return null;
  }
  const shortcut = SHORTCUTS.get(kind.key);
  const known = [kind.key, ...COMMON, ...shortcut?.inputs ?? ["inputs"]];
  const fields = reader.fields(node, `a "${kind.key}" step`, known);
  const value = reader.text(kind.node, `"${kind.key}"`);
  const at = reader.source.position(node);
  if (kind.key === "checkout" && !checkoutIsKnown(reader, value)) return null;
  const task = shortcut ? { value: shortcut.task, at } : value;
  const inputs = shortcut ? shortcutInputs(reader, shortcut, value, fields) : taskInputs(reader, fields);
  return { at, task, inputs, ...readCommon(reader, fields) };
}
function readCommon(reader, fields) {
  return {
    name: stepName(reader, fields),
    displayName: located(reader, fields, "displayName")?.value ?? null,
    condition: located(reader, fields, "condition"),
    continueOnError: booleanField(reader, fields, "continueOnError", false),
    enabled: booleanField(reader, fields, "enabled", true),
    environment: reader.entries(fields.get("env")?.node ?? null, '"env"').map(({ key, node }) => [key, reader.text(node, `env "${key}"`).value]),
    timeoutInMinutes: countField(reader, fields, "timeoutInMinutes", { fallback: 0, max: 525600 }),
    retryCountOnTaskFailure: countField(reader, fields, "retryCountOnTaskFailure", {
      fallback: 0,
      max: 10
    })
  };
}
function stepName(reader, fields) {
  const name = located(reader, fields, "name");
  if (name && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name.value)) {
    reader.source.reportAt(
      name.at,
      `expected the step's name to be letters, digits and "_", not starting with a digit; found "${name.value}"`
    );
  }
  return name;
}
function taskInputs(reader, fields) {
  const entries = reader.entries(fields.get("inputs")?.node ?? null, '"inputs"');
  return new Map(entries.map(({ key, node }) => [key, reader.text(node, `input "${key}"`)]));
}
function shortcutInputs(reader, { body, inputs }, value, fields) {
  const result = /* @__PURE__ */ new Map();
  if (body) result.set(body, value);
  for (const key of inputs) {
    const found = located(reader, fields, key);
    if (found) result.set(key, found);
  }
  return result;
}
function checkoutIsKnown(reader, { value, at }) {
  if (value === "self" || value === "none") return true;
  reader.source.reportAt(at, `expected checkout to be self or none, found "${value}"`);
  return false;
}
function reportUnknownStep(reader, node, entries) {
  const key = entries[0];
  const expected = `expected one of: ${KINDS.join(", ")}`;
  if (!key) reader.source.report(node, `expected a step; ${expected}`);
  else
    reader.source.reportAt(
      key.keyAt,
      `a "${key.key}" step is not supported by the local agent; ${expected}`
    );
}

// local-agent/server/template.ts
var DIRECTIVE = /^(if|elseif|else|each|insert)\b/;
function expandTemplate(text, context) {
  let result = "";
  let rest = text;
  for (; ; ) {
    const start2 = rest.indexOf("${{");
    if (start2 < 0) return result + rest;
    const end = closingBraces(rest, start2 + 3);
    result += rest.slice(0, start2) + expandOne(rest.slice(start2 + 3, end), context);
    rest = rest.slice(end + 2);
  }
}
function expandOne(inner, context) {
  const expression = inner.trim();
  if (DIRECTIVE.test(expression)) {
    throw new ExpressionError(
      `"\${{ ${expression} }}" is not supported by the local agent; it knows \${{ }} as plain substitution of parameters and variables`
    );
  }
  const scope = { contexts: new Map(Object.entries(context)) };
  return toText(evaluate(compile(expression, scope), scope));
}
function closingBraces(text, from) {
  let quoted = false;
  for (let index = from; index < text.length; index++) {
    if (text[index] === "'") quoted = !quoted;
    if (!quoted && text.startsWith("}}", index)) return index;
  }
  throw new ExpressionError(`"${text.slice(from - 3, from + 17)}" has no closing "}}"`);
}

// local-agent/server/variables.ts
import { isSeq } from "yaml";
var KEYS2 = ["name", "value", "readonly"];
function readVariables(reader, entry, define) {
  if (!entry) return;
  if (isSeq(entry.node)) {
    for (const item of entry.node.items) readItem(reader, item, define);
    return;
  }
  for (const { key, node } of reader.entries(entry.node, '"variables"')) {
    define({ name: key, value: readValue2(reader, node), isSecret: false, isReadOnly: false });
  }
}
function readItem(reader, item, define) {
  const fields = reader.fields(item, "a variable", KEYS2);
  const name = located(reader, fields, "name")?.value;
  if (!name) {
    reader.source.report(item, 'expected a variable to have a "name" and a "value"');
    return;
  }
  const value = readValue2(reader, fields.get("value")?.node ?? null);
  define({
    name,
    value,
    isSecret: false,
    isReadOnly: booleanField(reader, fields, "readonly", false)
  });
}
function readValue2(reader, node) {
  const { value, at } = reader.text(node, "the value of a variable");
  if (value.trimStart().startsWith("$[")) {
    reader.source.reportAt(
      at,
      'runtime expressions "$[ ]" are not supported by the local agent; expected text, $(name) or ${{ }}'
    );
  }
  return value;
}

// local-agent/server/read-job.ts
var JOB_KEYS = [
  "job",
  "displayName",
  "condition",
  "continueOnError",
  "pool",
  "steps",
  "timeoutInMinutes",
  "variables"
];
function readJobs(reader, entry, inherited) {
  const seen = /* @__PURE__ */ new Set();
  return reader.items(entry.node, '"jobs"').flatMap((node) => {
    const fields = reader.fields(node, "a job", JOB_KEYS);
    const name = located(reader, fields, "job");
    if (!name?.value) {
      reader.source.report(node, "expected a job to have a name (job: NAME)");
      return [];
    }
    if (seen.has(name.value)) reader.source.reportAt(name.at, `job "${name.value}" is there twice`);
    seen.add(name.value);
    return [readJob(reader, node, name.value, fields, inherited)];
  });
}
function readJob(reader, node, name, fields, inherited) {
  const scope = defineVariables(reader, fields.get("variables"), inherited);
  const inner = scope.reader;
  if (!fields.has("steps")) reader.source.report(node, `expected job "${name}" to have "steps"`);
  return {
    name,
    displayName: textField(inner, fields, "displayName", name),
    condition: located(inner, fields, "condition"),
    continueOnError: booleanField(inner, fields, "continueOnError", false),
    timeoutInMinutes: countField(inner, fields, "timeoutInMinutes", { fallback: 60, max: 525600 }),
    variables: scope.variables,
    steps: readSteps(inner, fields.get("steps"))
  };
}
function singleJob(reader, steps, variables) {
  return {
    name: "Job",
    displayName: "Job",
    condition: null,
    continueOnError: false,
    timeoutInMinutes: 60,
    variables,
    steps: readSteps(reader, steps)
  };
}
function defineVariables(reader, entry, { variables, context }) {
  const byName = new Map(variables.map((variable) => [variable.name.toLowerCase(), variable]));
  const values = new Map(context.variables);
  const inner = reader.with((text) => expandTemplate(text, { ...context, variables: values }));
  readVariables(inner, entry, (variable) => {
    byName.set(variable.name.toLowerCase(), variable);
    values.set(variable.name.toLowerCase(), variable.value);
  });
  return {
    variables: [...byName.values()],
    context: { ...context, variables: values },
    reader: inner
  };
}
function readSteps(reader, entry) {
  if (!entry) return [];
  return reader.items(entry.node, '"steps"').map((node) => readStep(reader, node)).filter((step) => step !== null);
}

// local-agent/server/yaml/reader.ts
import { isMap, isScalar, isSeq as isSeq2 } from "yaml";
var Reader = class _Reader {
  source;
  substitute;
  constructor(source, substitute) {
    this.source = source;
    this.substitute = substitute;
  }
  /** The same file with other values for `${{ }}`. */
  with(substitute) {
    return new _Reader(this.source, substitute);
  }
  /** The entries of a mapping, or of nothing. `what` names it in the message. */
  entries(node, what) {
    if (isNothing(node)) return [];
    if (!isMap(node)) {
      this.source.report(node, `expected ${what} to be a mapping (key: value)`);
      return [];
    }
    return node.items.map(({ key, value }) => ({
      key: this.text(key, "a key").value,
      keyAt: this.source.position(key),
      node: value
    }));
  }
  /** The mapping's entries by key; keys outside `known` are problems that say what was expected. */
  fields(node, what, known) {
    const fields = /* @__PURE__ */ new Map();
    for (const entry of this.entries(node, what)) {
      if (known.includes(entry.key)) fields.set(entry.key, entry);
      else this.unknownKey(entry, what, known);
    }
    return fields;
  }
  items(node, what) {
    if (isSeq2(node)) return node.items;
    this.source.report(node, `expected ${what} to be a list (lines that start with "- ")`);
    return [];
  }
  text(node, what) {
    const at = this.source.position(node);
    if (isNothing(node)) return { value: "", at };
    if (!isScalar(node)) {
      this.source.report(
        node,
        `expected ${what} to be text, found ${isMap(node) ? "a mapping" : "a list"}`
      );
      return { value: "", at };
    }
    const raw = String(node.value);
    return { value: this.source.guard(at, "", () => this.substitute(raw)), at };
  }
  unknownKey(entry, what, known) {
    this.source.reportAt(
      entry.keyAt,
      `unknown key "${entry.key}" in ${what}; expected one of: ${known.join(", ")}`
    );
  }
};
function isNothing(node) {
  return node === null || isScalar(node) && (node.value === null || node.value === "");
}

// local-agent/server/read-pipeline.ts
var SERVER_ONLY = ["trigger", "pr", "schedules", "pool"];
var ROOT_KEYS = ["parameters", "variables", "jobs", "steps", ...SERVER_ONLY];
function readPipeline(source, given) {
  const plain = new Reader(source, (text) => text);
  const fields = plain.fields(source.root, "a pipeline", ROOT_KEYS);
  if (!source.root) source.report(null, "expected a pipeline, found an empty file");
  const parameters = readParameters(plain, fields.get("parameters"), given.parameters);
  const context = { parameters, variables: given.variables };
  const reader = plain.with((text) => expandTemplate(text, context));
  const root = defineVariables(reader, fields.get("variables"), { variables: [], context });
  const jobs = fields.get("jobs");
  const steps = fields.get("steps");
  const unused = SERVER_ONLY.filter((key) => fields.has(key));
  if (jobs) {
    refuseBoth(source, steps);
    return { jobs: readJobs(root.reader, jobs, root), unused };
  }
  if (steps) return { jobs: [singleJob(root.reader, steps, root.variables)], unused };
  if (source.problems.length === 0)
    source.report(source.root, 'expected a pipeline to have "steps" or "jobs"');
  return { jobs: [], unused };
}
function refuseBoth(source, steps) {
  if (steps) source.reportAt(steps.keyAt, 'expected either "steps" or "jobs", found both');
}

// local-agent/server/resources.ts
import { resolve as resolve2 } from "node:path";
import { isMap as isMap2 } from "yaml";

// local-agent/server/read-connection.ts
var KEYS3 = ["id", "type", "url", "scheme", "parameters", "data"];
function readConnection(reader, { key, keyAt, node }) {
  const what = `service connection "${key}"`;
  const fields = reader.fields(node, what, KEYS3);
  for (const needed of ["type", "url"]) {
    if (!fields.has(needed))
      reader.source.reportAt(keyAt, `expected ${what} to have a "${needed}"`);
  }
  const id = located(reader, fields, "id");
  if (id && !isGuid(id.value)) {
    reader.source.reportAt(id.at, `expected the id of ${what} to be a GUID, found "${id.value}"`);
  }
  const url = located(reader, fields, "url");
  if (url && !URL.canParse(url.value)) {
    reader.source.reportAt(url.at, `expected the url of ${what} to be a URL, found "${url.value}"`);
  }
  return {
    id: id?.value.toLowerCase() ?? derivedGuid("service-connection", key),
    name: key,
    url: canonicalUrl(url?.value ?? ""),
    type: textField(reader, fields, "type", ""),
    scheme: textField(reader, fields, "scheme", "None"),
    parameters: textMap(reader, fields.get("parameters")),
    data: textMap(reader, fields.get("data"))
  };
}
function textMap(reader, entry) {
  const entries = reader.entries(entry?.node ?? null, `"${entry?.key ?? ""}"`);
  return Object.fromEntries(
    entries.map(({ key, node }) => [key, reader.text(node, `"${key}"`).value])
  );
}
function canonicalUrl(text) {
  const bare = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/i.test(text);
  return bare ? `${text}/` : text;
}

// local-agent/server/resources.ts
var NO_RESOURCES = {
  variables: [],
  connections: [],
  secureFiles: [],
  predefined: /* @__PURE__ */ new Map()
};
var KEYS4 = ["variables", "serviceConnections", "secureFiles", "predefined"];
function readResources(source, { folder, env, fileExists }) {
  const reader = new Reader(source, (text) => substituteEnvironment(text, env));
  const fields = reader.fields(source.root, "the resources file", KEYS4);
  const entries = (key) => reader.entries(fields.get(key)?.node ?? null, `"${key}"`);
  return {
    variables: entries("variables").map((entry) => readVariable(reader, entry)),
    connections: entries("serviceConnections").map((entry) => readConnection(reader, entry)),
    secureFiles: entries("secureFiles").map((entry) => {
      const file = readSecureFile(reader, entry, folder);
      if (!fileExists(file.path)) source.report(entry.node, `there is no file ${file.path}`);
      return file;
    }),
    predefined: new Map(
      entries("predefined").map(({ key, node }) => [key, reader.text(node, `"${key}"`).value])
    )
  };
}
function readSecureFile(reader, { key, node }, folder) {
  const path = resolve2(folder, reader.text(node, `secure file "${key}"`).value);
  return { id: derivedGuid("secure-file", key), name: key, path };
}
function readVariable(reader, { key, node }) {
  if (!isMap2(node)) {
    const { value } = reader.text(node, `variable "${key}"`);
    return { name: key, value, isSecret: false, isReadOnly: false };
  }
  const fields = reader.fields(node, `variable "${key}"`, ["value", "secret", "readonly"]);
  return {
    name: key,
    value: textField(reader, fields, "value", ""),
    isSecret: booleanField(reader, fields, "secret", false),
    isReadOnly: booleanField(reader, fields, "readonly", false)
  };
}
function substituteEnvironment(text, env) {
  return text.replace(/\$\{env:([^}]*)\}/g, (_match, name) => {
    const value = env[name];
    if (value === void 0) {
      throw new ExpressionError(
        `the environment variable ${name} is not set (used as \${env:${name}})`
      );
    }
    return value;
  });
}

// local-agent/server/yaml/source-file.ts
import { isAlias, LineCounter, parseDocument, visit } from "yaml";
var SourceFile = class {
  file;
  root;
  problems = [];
  /** What is probably a mistake, but runs. */
  warnings = [];
  lines = new LineCounter();
  /** `file` is only a name for messages. Every scalar is read as text, as Azure Pipelines does. */
  constructor(file, text) {
    this.file = file;
    const document = parseDocument(text, {
      schema: "failsafe",
      lineCounter: this.lines,
      prettyErrors: false
    });
    this.root = document.contents;
    for (const error of document.errors) this.reportAt(this.at(error.pos[0]), error.message);
    this.refuseAnchors();
  }
  position(node) {
    return this.at(node?.range?.[0] ?? 0);
  }
  report(node, message) {
    this.reportAt(this.position(node), message);
  }
  reportAt(at, message) {
    this.problems.push({ file: this.file, at, message });
  }
  warnAt(at, message) {
    this.warnings.push({ file: this.file, at, message });
  }
  /** Runs `action`; what an expression in it gets wrong becomes a problem at `at`. */
  guard(at, fallback, action) {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.reportAt(at, error.message);
      return fallback;
    }
  }
  at(offset) {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
  /** Azure Pipelines knows no anchors; expanding them here would hide that. */
  refuseAnchors() {
    if (!this.root) return;
    visit(this.root, (_key, node) => {
      if (isAlias(node))
        this.report(node, "Azure Pipelines does not support YAML anchors and aliases");
    });
  }
};

// local-agent/cli/load-pipeline.ts
async function loadInput(options, fresh) {
  const source = await openSource(options.pipeline, "pipeline");
  const { resources, problems } = await loadResources(options);
  const run2 = {
    ...fresh,
    pipelineFile: options.pipeline,
    git: await readGitFacts(repositoryOf(options)),
    debug: options.debug,
    overrides: resources.predefined
  };
  const pipeline = readPipeline(source, {
    parameters: options.parameters,
    variables: compileTimeVariables(run2)
  });
  return { source, pipeline, resources, resourceProblems: problems, run: run2 };
}
function repositoryOf({ repository, pipeline }) {
  return repository ?? dirname2(pipeline);
}
async function loadResources(options) {
  const beside = join5(dirname2(options.pipeline), "local-agent.yml");
  const file = options.resources ?? (existsSync3(beside) ? beside : null);
  if (!file) return { resources: NO_RESOURCES, problems: [] };
  const source = await openSource(file, "resources");
  const resources = readResources(source, {
    folder: dirname2(file),
    env: process.env,
    fileExists: existsSync3
  });
  return { resources, problems: source.problems };
}
async function openSource(file, what) {
  const shown = relative(process.cwd(), file);
  const name = shown.startsWith("..") ? file : shown;
  try {
    return new SourceFile(name, await readFile3(file, "utf8"));
  } catch (error) {
    throw new UsageError(
      `cannot read the ${what} file ${name}: ${error instanceof Error ? error.message : ""}`
    );
  }
}
function compileTimeVariables(run2) {
  const open = predefinedVariables(run2, null).filter(({ isSecret }) => !isSecret);
  return new Map(open.map(({ name, value }) => [name.toLowerCase(), value]));
}

// local-agent/cli/compile.ts
async function compileJobs(input, options, standIns) {
  const { source, pipeline } = input;
  const context = contextOf(input, options, standIns);
  const jobs = [];
  for (const job of pipeline.jobs) {
    const { condition } = job;
    if (condition) {
      source.guard(condition.at, void 0, () => {
        checkCondition(condition.value);
      });
    }
    jobs.push({ source: job, message: await compileJob(job, context) });
  }
  const problems = [...inOrder(source.problems), ...inOrder(input.resourceProblems)];
  if (problems.length > 0) throw new InvalidInputError(problems);
  return jobs;
}
function contextOf({ source, resources, run: run2 }, options, standIns) {
  return {
    source,
    catalog: new TaskCatalog([...options.tasks, standIns]),
    resources,
    repository: { name: run2.git.name, folder: repositoryOf(options) },
    systemConnection: systemConnection(run2.collectionUri, run2.accessToken),
    predefined: (job) => predefinedVariables(run2, job),
    overrides: [...options.variables].map(([name, value]) => plainVariable(name, value)),
    checkCondition
  };
}
function plainVariable(name, value) {
  return { name, value, isSecret: false, isReadOnly: false };
}
function systemConnection(url, accessToken) {
  return {
    id: null,
    name: "SystemVssConnection",
    url,
    type: "ServerConnection",
    scheme: "OAuth",
    parameters: { AccessToken: accessToken },
    data: {}
  };
}

// local-agent/cli/find-node.ts
import { existsSync as existsSync4 } from "node:fs";
import { resolve as resolve3 } from "node:path";
import { fileURLToPath as fileURLToPath2 } from "node:url";
var MODULES = fileURLToPath2(new URL("../../node_modules/", import.meta.url));
function findNode(choice) {
  const node20 = bundled("20");
  const node24 = bundled("24");
  if (choice === null) return { node20, node24, chosen: null };
  if (choice === "20" || choice === "24") {
    const chosen2 = choice === "20" ? node20 : node24;
    if (chosen2) return { node20, node24, chosen: chosen2 };
    throw new UsageError(
      `--node ${choice}: Node ${choice} is not installed. Run "npm install" (it is the optional dependency node${choice}-linux-${process.arch}), or give the path of one.`
    );
  }
  const chosen = resolve3(choice);
  if (!existsSync4(chosen)) {
    throw new UsageError(
      `--node ${choice}: expected 20, 24 or the path of a Node binary; there is no file ${chosen}`
    );
  }
  return { node20, node24, chosen };
}
function bundled(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const binary = resolve3(MODULES, `node${major}-linux-${process.arch}`, "bin", "node");
  return existsSync4(binary) ? binary : null;
}

// local-agent/agent/directories.ts
import { mkdir as mkdir3, rm } from "node:fs/promises";
import { join as join6 } from "node:path";
function directoriesOf(work) {
  const workspace = join6(work, "1");
  return {
    work,
    tasks: join6(work, "_tasks"),
    tools: join6(work, "_tool"),
    temp: join6(work, "_temp"),
    attachments: join6(work, "_attachments"),
    workspace,
    sources: join6(workspace, "s"),
    artifacts: join6(workspace, "a"),
    binaries: join6(workspace, "b"),
    testResults: join6(workspace, "TestResults")
  };
}
async function prepareDirectories(directories) {
  const { temp, sources, artifacts, testResults, binaries, tasks, tools, attachments } = directories;
  const emptied = [temp, sources, artifacts, testResults];
  await Promise.all(emptied.map((folder) => rm(folder, { recursive: true, force: true })));
  for (const folder of [...emptied, binaries, tasks, tools, attachments]) {
    await mkdir3(folder, { recursive: true });
  }
}

// local-agent/agent/result.ts
var TASK_RESULTS = [
  "Succeeded",
  "SucceededWithIssues",
  "Failed",
  "Canceled",
  "Skipped",
  "Abandoned"
];
var rank = (result) => TASK_RESULTS.indexOf(result);
function mergeResults(current, coming) {
  if (current === null) return coming;
  if (rank(current) > rank("Failed")) return current;
  return rank(coming) >= rank(current) ? coming : current;
}
function mergeIntoJob(job, step) {
  return step === "Failed" || step === "SucceededWithIssues" ? mergeResults(job, step) : job;
}
function parseTaskResult(text) {
  const byName = TASK_RESULTS.find((result) => result === text);
  const byNumber = /^\d+$/.test(text) ? TASK_RESULTS[Number(text)] : void 0;
  return byName ?? byNumber ?? null;
}

// local-agent/agent/run-job.ts
import { randomUUID as randomUUID3 } from "node:crypto";

// local-agent/agent/agent-variables.ts
import { arch, hostname, type } from "node:os";
var AGENT_VERSION = "4.265.1";
var ARCHITECTURES = {
  x64: "X64",
  arm64: "ARM64",
  arm: "ARM",
  ia32: "X86"
};
function agentVariables(message, directories, lookupId) {
  const values = {
    ...machine(message),
    ...folders(directories),
    "Build.Repository.LocalPath": directories.sources,
    GIT_TERMINAL_PROMPT: "0",
    VSTS_PROCESS_LOOKUP_ID: lookupId
  };
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    isSecret: false,
    isReadOnly: false
  }));
}
function machine({ jobName, displayName }) {
  return {
    "Agent.Id": "1",
    "Agent.IsSelfHosted": "1",
    "Agent.JobName": displayName || jobName,
    "agent.jobstatus": "Succeeded",
    "Agent.MachineName": hostname(),
    "Agent.Name": "local-agent",
    "Agent.OS": type(),
    "Agent.OSArchitecture": ARCHITECTURES[arch()] ?? "X64",
    "Agent.Version": AGENT_VERSION
  };
}
function folders(directories) {
  const { work, temp, tools, workspace, sources, artifacts, binaries, testResults } = directories;
  return {
    "Agent.BuildDirectory": workspace,
    "Agent.HomeDirectory": work,
    "Agent.RootDirectory": work,
    "Agent.TempDirectory": temp,
    "Agent.ToolsDirectory": tools,
    "Agent.WorkFolder": work,
    "Build.ArtifactStagingDirectory": artifacts,
    "Build.BinariesDirectory": binaries,
    "Build.SourcesDirectory": sources,
    "Build.StagingDirectory": artifacts,
    "Common.TestResultsDirectory": testResults,
    "Pipeline.Workspace": workspace,
    "System.ArtifactsDirectory": artifacts,
    "System.DefaultWorkingDirectory": sources,
    "System.WorkFolder": work
  };
}

// local-agent/agent/attachments.ts
import { copyFile as copyFile2, mkdir as mkdir4 } from "node:fs/promises";
import { dirname as dirname3, join as join7 } from "node:path";
var AttachmentStore = class {
  attachments = /* @__PURE__ */ new Map();
  folder;
  constructor(folder) {
    this.folder = folder;
  }
  queue(attachment) {
    this.attachments.set(keyOf(attachment), { ...attachment, stored: null });
  }
  list(recordId) {
    return [...this.attachments.values()].filter(
      (item) => recordId === void 0 || item.recordId === recordId
    );
  }
  /** Copies what waits. Best effort as the agent's uploads are: answers those whose file is gone, and fails nothing. */
  async drain() {
    const lost = [];
    for (const attachment of this.list().filter(({ stored }) => stored === null)) {
      const { timelineId, recordId, type: type2, name } = attachment;
      const stored = join7(this.folder, timelineId, recordId, type2, name);
      try {
        await mkdir4(dirname3(stored), { recursive: true });
        await copyFile2(attachment.path, stored);
        this.attachments.set(keyOf(attachment), { ...attachment, stored });
      } catch {
        lost.push(attachment);
      }
    }
    return lost;
  }
};
function keyOf({ timelineId, recordId, type: type2, name }) {
  return [timelineId, recordId, type2, name].join("/");
}

// local-agent/agent/finalize-job.ts
import { rm as rm2 } from "node:fs/promises";
import { join as join8 } from "node:path";

// local-agent/agent/orphans.ts
import { readdir as readdir3, readFile as readFile4 } from "node:fs/promises";
var LOOKUP_VARIABLE = "VSTS_PROCESS_LOOKUP_ID";
var MAX_ROUNDS = 10;
async function killOrphans(lookupId) {
  const killed = /* @__PURE__ */ new Map();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = (await processesOf(lookupId)).filter(({ pid }) => !killed.has(pid));
    if (found.length === 0) break;
    for (const { pid, name } of found) {
      if (kill(pid)) killed.set(pid, name);
    }
  }
  return [...killed].map(([pid, name]) => ({ pid, name }));
}
async function processesOf(lookupId) {
  const pids = (await readdir3("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readText(`/proc/${pid}/environ`);
      const marked = environment.split("\0").includes(`${LOOKUP_VARIABLE}=${lookupId}`);
      return marked ? [{ pid: Number(pid), name: (await readText(`/proc/${pid}/comm`)).trim() }] : [];
    })
  );
  return found.flat();
}
async function readText(path) {
  return await readFile4(path, "utf8").catch(() => "");
}
function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

// local-agent/agent/finalize-job.ts
async function finalizeJob(job, lookupId) {
  const { log, directories, variables } = job;
  log.section("Starting: Finalize Job");
  await rm2(join8(directories.temp, ".taskkey"), { force: true });
  if (variables.getBoolean("process.clean") ?? true) {
    log.write("Cleaning up orphan processes");
    for (const { pid, name } of await killOrphans(lookupId)) {
      log.write(`Terminate orphan process: pid (${pid}) (${name})`);
    }
  }
  await rm2(directories.temp, { recursive: true, force: true });
  log.section("Finishing: Finalize Job");
}

// local-agent/agent/unpack-task.ts
import { cp as cp2, readFile as readFile5 } from "node:fs/promises";
import { existsSync as existsSync5 } from "node:fs";
import { join as join9 } from "node:path";

// local-agent/agent/task-definition.ts
var HANDLER_PRIORITY = ["Node24", "Node20_1", "Node16", "Node10", "Node"];
var STAGE_KEYS = { pre: "prejobexecution", main: "execution", post: "postjobexecution" };
function parseTaskDefinition(value) {
  const json = asRecord(value);
  const version = asRecord(json["version"]);
  return {
    name: asText(json["name"]),
    friendlyName: asText(json["friendlyName"]),
    description: asText(json["description"]),
    author: asText(json["author"]),
    help: asText(json["helpUrl"]) || asText(json["helpMarkDown"]),
    version: ["Major", "Minor", "Patch"].map((part) => asText(version[part]) || "0").join("."),
    inputs: asList(json["inputs"]).map(asRecord).map(parseInput),
    outputVariables: asList(json["outputVariables"]).map((item) => asText(asRecord(item)["name"])),
    restrictions: parseRestrictions(asRecord(json["restrictions"])),
    stages: {
      pre: parseStage(json[STAGE_KEYS.pre]),
      main: parseStage(json[STAGE_KEYS.main]),
      post: parseStage(json[STAGE_KEYS.post])
    }
  };
}
function parseInput(json) {
  return {
    name: asText(json["name"]).trim(),
    type: asText(json["type"]).toLowerCase(),
    defaultValue: asText(json["defaultValue"])
  };
}
function parseRestrictions(json) {
  const allowed = asRecord(json["settableVariables"])["allowed"];
  return {
    restricted: asText(asRecord(json["commands"])["mode"]).toLowerCase() === "restricted",
    settableVariables: allowed === void 0 ? null : asList(allowed).map(asText)
  };
}
function parseStage(value) {
  return value === void 0 ? null : { handler: selectHandler(asRecord(value)) };
}
function selectHandler(stage) {
  const name = HANDLER_PRIORITY.find((candidate) => candidate in stage);
  if (!name) return null;
  const handler = asRecord(stage[name]);
  return {
    name,
    target: asText(handler["target"]),
    workingDirectory: asText(handler["workingDirectory"])
  };
}

// local-agent/agent/unpack-task.ts
async function unpackTask(task, tasksFolder) {
  const folder = join9(tasksFolder, `${task.name}_${task.id}`, task.version);
  if (!existsSync5(folder)) await cp2(task.folder, folder, { recursive: true });
  const json = JSON.parse(await readFile5(join9(folder, "task.json"), "utf8"));
  return { definition: parseTaskDefinition(json), folder };
}

// local-agent/agent/initialize-job.ts
async function initializeJob(job) {
  const { log, message, directories } = job;
  log.section("Starting: Initialize job");
  log.write(`Agent name: 'local-agent'`);
  log.write(`Agent version: '${job.variables.get("Agent.Version") ?? ""}'`);
  log.write(`Work folder: ${directories.work}`);
  await prepareDirectories(directories);
  const tasks = /* @__PURE__ */ new Map();
  for (const step of message.steps) {
    if (step.task !== "checkout") tasks.set(step, await unpackTask(step.task, directories.tasks));
  }
  const sound = message.steps.every((step) => conditionIsSound(job, step));
  if (!sound) job.result = "Failed";
  log.section("Finishing: Initialize job");
  return sound ? tasks : null;
}
function conditionIsSound({ log }, step) {
  try {
    checkCondition(step.condition);
    return true;
  } catch (error) {
    log.error(
      `Step '${step.displayName}': ${error instanceof Error ? error.message : String(error)}`
    );
    return false;
  }
}

// local-agent/agent/job-lifetime.ts
function startLifetime({ timeoutInMinutes, cancelTimeoutInMinutes }, user, complain) {
  const cancel = new AbortController();
  const shutdown = new AbortController();
  const clocks = new Clocks(complain);
  cancel.signal.addEventListener("abort", () => {
    clocks.start(cancelTimeoutInMinutes, TOO_LATE, shutdown);
  });
  const abort = () => {
    cancel.abort();
  };
  clocks.start(timeoutInMinutes, TOO_LONG, cancel);
  if (user.aborted) abort();
  else user.addEventListener("abort", abort, { once: true });
  const end = () => {
    clocks.stop();
    user.removeEventListener("abort", abort);
  };
  return { cancel: cancel.signal, shutdown: shutdown.signal, end };
}
var TOO_LONG = "The job running on agent local-agent ran longer than its maximum time";
var TOO_LATE = "The job did not end in time after its cancellation; what is left is not run";
var Clocks = class {
  timers = [];
  complain;
  constructor(complain) {
    this.complain = complain;
  }
  /** 0 minutes is no limit. */
  start(minutes, text, target) {
    if (minutes === 0) return;
    const expire = () => {
      this.complain(`${text} (${minutes} minutes).`);
      target.abort();
    };
    this.timers.push(setTimeout(expire, minutes * 6e4));
  }
  stop() {
    this.timers.forEach(clearTimeout);
  }
};

// local-agent/agent/masker.ts
var URL_PASSWORD = /(?<=\/\/[^:/?#\n]+:)[^@/?#\n]+(?=@)/g;
var LONGEST_MINIMUM = 6;
var SecretMasker = class {
  values = /* @__PURE__ */ new Set();
  minimumLength;
  constructor(minimumLength = 0) {
    this.minimumLength = Math.min(minimumLength, LONGEST_MINIMUM);
  }
  /** Adds a value with its JSON-escaped, URI-escaped and backslash-unescaped forms (CORE/HostContext.cs). */
  add(value) {
    for (const form of [value, jsonForm(value), uriForm(value), withoutBackslashes(value)]) {
      if (form !== "" && form.length >= this.minimumLength) this.values.add(form);
    }
  }
  /** Adds a secret known before the job, also as it looks inside a command and in base64 (AW/Worker.cs). */
  addInitialSecret(secret) {
    const lineBreaks = secret.replaceAll("\r", "%0D").replaceAll("\n", "%0A");
    const percents = secret.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
    const base64 = Buffer.from(secret, "utf8").toString("base64");
    for (const form of [secret, percents, lineBreaks, base64]) {
      this.add(form);
      for (const quote of ["'", '"']) {
        if (form.length > 1 && form.startsWith(quote) && form.endsWith(quote))
          this.add(form.slice(1, -1));
      }
      this.add(form.replace(/^[\r\n ]+|[\r\n ]+$/g, ""));
    }
  }
  mask(text) {
    let result = "";
    let end = 0;
    for (const hit of merged([...this.valueHits(text), ...urlHits(text)])) {
      result += `${text.slice(end, hit.start)}***`;
      end = hit.end;
    }
    return result + text.slice(end);
  }
  *valueHits(text) {
    for (const value of this.values) {
      for (let start2 = text.indexOf(value); start2 >= 0; start2 = text.indexOf(value, start2 + 1)) {
        yield { start: start2, end: start2 + value.length };
      }
    }
  }
};
function merged(hits) {
  const spans = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && hit.start <= last.end) {
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, hit.end) };
    } else spans.push(hit);
  }
  return spans;
}
function* urlHits(text) {
  for (const match of text.matchAll(URL_PASSWORD)) {
    yield { start: match.index, end: match.index + match[0].length };
  }
}
function jsonForm(value) {
  return JSON.stringify(value).slice(1, -1);
}
function uriForm(value) {
  const wellFormed = Buffer.from(value, "utf8").toString("utf8");
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
function withoutBackslashes(value) {
  return value.replace(/\\(.)/g, "$1");
}

// local-agent/agent/job-masker.ts
var OPEN_PARAMETERS = new Set(
  `idtoken role scope tenantid issuedat expiresat expiresin audience authenticationtype authorizationtype
  accesstokentype accesstokenfetchingmethod usewindowssecurity unsecured oauthaccesstokenissupplied
  completecallbackpayload acceptuntrustedcerts`.split(/\s+/)
);
function jobMasker(message, process2) {
  const masker = new SecretMasker(Number(process2["AZP_IGNORE_SECRETS_SHORTER_THAN"] ?? 0) || 0);
  for (const { value, isSecret } of message.variables) {
    if (isSecret && value.trim() !== "") masker.addInitialSecret(value);
  }
  for (const { parameters } of message.endpoints) {
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== "" && !OPEN_PARAMETERS.has(name.toLowerCase())) masker.add(value);
    }
  }
  for (const { ticket } of message.secureFiles) masker.add(ticket);
  return masker;
}

// local-agent/agent/log.ts
var JobLog = class {
  sink;
  masker;
  /** Set from `System.Debug`; without it debug lines are dropped. */
  debugEnabled = false;
  constructor(sink, masker) {
    this.sink = sink;
    this.masker = masker;
  }
  write(text) {
    for (const line of text.split(/\r\n|\r|\n/)) this.sink(this.masker.mask(line));
  }
  section(text) {
    this.write(`##[section]${text}`);
  }
  error(text) {
    this.write(`##[error]${text}`);
  }
  warning(text) {
    this.write(`##[warning]${text}`);
  }
  debug(text) {
    if (this.debugEnabled) this.write(`##[debug]${text}`);
  }
};

// local-agent/agent/plan-steps.ts
import { randomUUID as randomUUID2 } from "node:crypto";

// local-agent/agent/checkout.ts
import { copyFile as copyFile3, lstat, mkdir as mkdir5, readdir as readdir4, readlink, rm as rm3, symlink, chmod } from "node:fs/promises";
import { dirname as dirname4, join as join10, relative as relative2 } from "node:path";
import { execa as execa2 } from "execa";
async function checkout(repository, { target, work }) {
  await rm3(target, { recursive: true, force: true });
  await mkdir5(target, { recursive: true });
  const files = await gitFiles(repository) ?? await allFiles(repository);
  let count = 0;
  const own = `${relative2(repository, work)}/`;
  for (const file of files.filter((name) => !name.startsWith(own))) {
    if (await copyEntry(join10(repository, file), join10(target, file))) count += 1;
  }
  return count;
}
async function gitFiles(folder) {
  const args = [
    "-C",
    folder,
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--deduplicate"
  ];
  const { stdout, failed } = await execa2("git", args, { reject: false, stdin: "ignore" });
  return failed ? null : stdout.split("\0").filter((file) => file !== "");
}
async function allFiles(folder) {
  const entries = await readdir4(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join10(entry.parentPath, entry.name).slice(folder.length + 1));
}
async function copyEntry(from, to) {
  const stats = await lstat(from).catch(() => null);
  if (!stats || !(stats.isFile() || stats.isSymbolicLink())) return false;
  await mkdir5(dirname4(to), { recursive: true });
  if (stats.isSymbolicLink()) await symlink(await readlink(from), to);
  else {
    await copyFile3(from, to);
    await chmod(to, stats.mode & 511);
  }
  return true;
}

// local-agent/agent/task-banner.ts
var LINE = "=".repeat(78);
function banner(definition) {
  const rows = [
    ["Task", definition.friendlyName || definition.name],
    ["Description", definition.description],
    ["Version", definition.version],
    ["Author", definition.author],
    ["Help", definition.help]
  ];
  return [LINE, ...rows.map(([name, text]) => `${name.padEnd(12)} : ${text}`), LINE];
}

// local-agent/agent/task-host.ts
import { existsSync as existsSync8 } from "node:fs";
import { resolve as resolve5 } from "node:path";

// local-agent/agent/command.ts
var PREFIX = "##vso[";
function parseCommand(line, { decodePercents }) {
  const start2 = line.indexOf(PREFIX);
  const end = start2 < 0 ? -1 : line.indexOf("]", start2);
  if (end < 0) return null;
  const header = line.slice(start2 + PREFIX.length, end);
  const space = header.indexOf(" ");
  const name = space < 0 ? header : header.slice(0, space);
  const [area = "", event = "", ...more] = name.split(".");
  if (area === "" || event === "" || more.length > 0) return null;
  const decode = (text) => unescape(text, decodePercents);
  return {
    area: area.toLowerCase(),
    event: event.toLowerCase(),
    properties: parseProperties(space < 0 ? "" : header.slice(space + 1), decode),
    message: decode(line.slice(end + 1))
  };
}
function parseProperties(text, decode) {
  const properties = /* @__PURE__ */ new Map();
  for (const part of text.split(";")) {
    const equals = part.indexOf("=");
    const value = equals < 0 ? "" : part.slice(equals + 1);
    if (equals > 0 && value !== "")
      properties.set(part.slice(0, equals).toLowerCase(), decode(value));
  }
  return properties;
}
function unescape(text, decodePercents) {
  const decoded = text.replaceAll("%3B", ";").replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%5D", "]");
  return decodePercents ? decoded.replaceAll("%AZP25", "%") : decoded;
}

// local-agent/agent/job-context.ts
function knob({ variables, process: process2 }, name) {
  return variables.get(name) ?? process2[name];
}

// local-agent/agent/commands/command-error.ts
var CommandError = class extends Error {
  name = "CommandError";
};
function required(properties, key, command) {
  const value = properties.get(key);
  if (value) return value;
  throw new CommandError(`Required field '${key}' is missing in ##vso[${command}] command.`);
}
function isTrue(text) {
  return text?.trim().toLowerCase() === "true";
}

// local-agent/agent/commands/endpoint-commands.ts
function setEndpoint(context, { properties, message }) {
  const { job } = context;
  const id = required(properties, "id", "task.setendpoint").toLowerCase();
  const field = required(properties, "field", "task.setendpoint").toLowerCase();
  const index = job.endpoints.findIndex((candidate) => candidate.id === id);
  const endpoint = job.endpoints[index];
  if (!endpoint) throw new CommandError(`Endpoint not found: ${id}`);
  const change = () => {
    if (field === "url") return { ...endpoint, url: validUrl(message) };
    const key = required(properties, "key", "task.setendpoint");
    if (field === "dataparameter")
      return { ...endpoint, data: { ...endpoint.data, [key]: message } };
    if (field !== "authparameter") throw new CommandError(`Invalid endpoint field: ${field}`);
    if (message !== "") job.masker.add(message);
    return { ...endpoint, parameters: { ...endpoint.parameters, [key]: message } };
  };
  job.endpoints = job.endpoints.with(index, change());
}
function validUrl(text) {
  if (!URL.canParse(text)) throw new CommandError(`Invalid endpoint url: ${text}`);
  return text;
}

// local-agent/agent/commands/file-commands.ts
import { existsSync as existsSync6, readdirSync, statSync as statSync2 } from "node:fs";
import { basename as basename3 } from "node:path";
var SUMMARY = "DistributedTask.Core.Summary";
var FILE = "DistributedTask.Core.FileAttachment";
function addAttachment(context, { properties, message }) {
  const type2 = required(properties, "type", "task.addattachment");
  const name = required(properties, "name", "task.addattachment");
  attach(context, { type: type2, name, path: message });
}
function uploadSummary(context, { message }) {
  if (message === "") {
    throw new CommandError("Cannot upload summary file, summary file location is not specified.");
  }
  attach(context, { type: SUMMARY, name: basename3(message), path: message });
}
function uploadFile(context, { message }) {
  if (message === "")
    throw new CommandError("Cannot upload file because file location is not specified.");
  attach(context, { type: FILE, name: basename3(message), path: message });
}
function attach({ job, recordId }, { type: type2, name, path }) {
  for (const [what, value] of [
    ["Type", type2],
    ["Name", name]
  ]) {
    if (/[/\0]/.test(value)) throw new CommandError(`${what} contain invalid characters. (/)`);
  }
  if (!existsSync6(path) || !statSync2(path).isFile()) {
    throw new CommandError(
      "Cannot upload task attachment file, attachment file location is not specified or attachment file not exist on disk."
    );
  }
  job.attachments.queue({
    timelineId: job.message.timelineId,
    recordId,
    type: type2,
    name,
    path
  });
}
function uploadArtifact(context, { properties, message }) {
  required(properties, "artifactname", "artifact.upload");
  if (message === "") throw new CommandError("Artifact location is required.");
  if (!existsSync6(message)) throw new CommandError(`Path does not exist: ${message}`);
  if (statSync2(message).isDirectory() && readdirSync(message).length === 0) {
    context.warning(`Directory '${message}' is empty. Nothing will be added to build artifact.`);
  }
}

// local-agent/agent/commands/issue-commands.ts
import { existsSync as existsSync7 } from "node:fs";
import { isAbsolute, relative as relative3 } from "node:path";
function logIssue(context, { properties, message }) {
  const type2 = properties.get("type")?.toLowerCase();
  if (type2 === void 0) {
    context.warning("Can't create TaskIssue from logging event.");
    return;
  }
  if (type2 !== "error" && type2 !== "warning") {
    throw new CommandError(`issue type ${type2} is not an expected issue type.`);
  }
  const sourcePath = properties.get("sourcepath");
  const details = Object.fromEntries([...properties].filter(([key]) => key !== "type"));
  if (sourcePath !== void 0) details["sourcepath"] = repositoryPath(context, sourcePath);
  context.addIssue({ type: type2, message, properties: details });
  const text = sourcePath === void 0 ? message : withPlace(type2, message, details);
  if (type2 === "error") context.job.log.error(text);
  else context.job.log.warning(text);
}
function repositoryPath({ job }, path) {
  if (!isAbsolute(path) || !existsSync7(path)) return path;
  const inside = relative3(job.directories.sources, path);
  return inside.startsWith("..") ? path : inside;
}
function withPlace(type2, message, details) {
  const place = `(${details["linenumber"] ?? ""},${details["columnnumber"] ?? ""})`;
  return `${details["sourcepath"] ?? ""}${place}: ${type2} ${details["code"] ?? ""}: ${message}`;
}
function complete(context, { properties }) {
  const result = parseTaskResult(properties.get("result") ?? "");
  if (!result) throw new CommandError("Command doesn't have valid result value.");
  context.complete(result);
  if (isTrue(properties.get("done"))) context.forceCompletion();
}
function logDetail(_context, { properties }) {
  const id = properties.get("id") ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    throw new CommandError("Can't update timeline record, timeline record id is not provided.");
  }
}

// local-agent/agent/commands/variable-commands.ts
import { minimatch } from "minimatch";
function setVariable(context, { properties, message }) {
  const { job } = context;
  const name = required(properties, "variable", "task.setvariable");
  const isSecret = isTrue(properties.get("issecret"));
  const isOutput = isTrue(properties.get("isoutput"));
  if (!settable(context, name)) return;
  if (isSecret) refuseLineBreaks(context, message);
  if (job.variables.isReadOnly(name)) refuseOverwrite(context, name);
  const options = {
    isSecret,
    isReadOnly: isTrue(properties.get("isreadonly")) || isOutput,
    keepsCase: isTrue(properties.get("preservecase"))
  };
  if (isOutput || declares(context, name)) {
    job.variables.set(`${context.step.name}.${name}`, message, options);
    context.outputs.set(name, { value: message, isSecret });
  } else job.variables.set(name, message, options);
}
function setTaskVariable(context, { properties, message }) {
  const name = required(properties, "variable", "task.settaskvariable");
  const key = name.toLowerCase();
  const before = context.taskVariables.get(key);
  const isSecret = isTrue(properties.get("issecret")) || (before?.isSecret ?? false);
  if (isSecret) refuseLineBreaks(context, message);
  if (before?.isReadOnly) refuseOverwrite(context, name);
  if (isSecret && message !== "") context.job.masker.add(message);
  context.taskVariables.set(key, {
    name,
    value: message,
    isSecret,
    isReadOnly: isTrue(properties.get("isreadonly")),
    keepsCase: false
  });
}
function prependPath(context, { message }) {
  if (message === "") throw new CommandError("Path is missing in ##vso[task.prependpath] command.");
  if (!settable(context, "PATH")) return;
  const others = context.job.prependedPath.filter((folder) => folder !== message);
  context.job.prependedPath = [message, ...others];
}
function settable(context, name) {
  const allowed = context.restrictions?.settableVariables;
  if (!allowed) return true;
  const nocase = { nocase: true };
  if (allowed.some((glob) => minimatch(name, glob, nocase))) return true;
  context.warning(`Setting variable '${name}' has been disabled by the task or build definition.`);
  return false;
}
function declares({ declaredOutputs }, name) {
  return declaredOutputs.some((output) => output.toLowerCase() === name.toLowerCase());
}
function refuseLineBreaks(context, value) {
  if (!value.includes("\n") || isTrue(knob(context.job, "SYSTEM_UNSAFEALLOWMULTILINESECRET")))
    return;
  throw new CommandError("Secrets cannot contain multiple lines");
}
function refuseOverwrite(context, name) {
  const text = `Overwriting readonly variable '${name}' is not permitted.`;
  if (context.job.variables.getBoolean("agent.readOnlyVariables")) throw new CommandError(text);
  context.warning(text);
}

// local-agent/agent/commands/table.ts
var local = (run2) => ({ allowedWhenRestricted: true, recorded: false, run: run2 });
var recorded = (run2) => ({
  allowedWhenRestricted: false,
  recorded: true,
  run: run2
});
var nothing = () => void 0;
var COMMANDS = /* @__PURE__ */ new Map([
  ["task.setvariable", local(setVariable)],
  ["task.settaskvariable", local(setTaskVariable)],
  ["task.setsecret", local(setSecret)],
  ["task.complete", local(complete)],
  ["task.logissue", local(logIssue)],
  ["task.issue", local(logIssue)],
  ["task.setprogress", local(nothing)],
  ["task.logdetail", local(logDetail)],
  [
    "task.debug",
    local((context, { message }) => {
      context.job.log.debug(message);
    })
  ],
  ["task.prependpath", local(prependPath)],
  ["task.addattachment", recorded(addAttachment)],
  ["task.uploadsummary", recorded(uploadSummary)],
  ["task.uploadfile", recorded(uploadFile)],
  ["task.setendpoint", { allowedWhenRestricted: false, recorded: false, run: setEndpoint }],
  ["artifact.upload", recorded(uploadArtifact)],
  [
    "artifact.associate",
    recorded((_context, { properties }) => {
      required(properties, "artifactname", "artifact.associate");
    })
  ],
  ["build.addbuildtag", recorded(withMessage("Build tag is required."))],
  ["build.updatebuildnumber", recorded(updateBuildNumber)],
  ["build.uploadlog", recorded(uploadFile)],
  ["build.uploadsummary", recorded(uploadSummary)],
  ["results.publish", recorded(publishResults)],
  ["results.publishtoevidencestore", recorded(nothing)],
  [
    "codecoverage.publish",
    recorded((_context, { properties }) => {
      required(properties, "summaryfile", "codecoverage.publish");
    })
  ],
  ["telemetry.publish", local(nothing)]
]);
var AREAS = new Set(
  [...COMMANDS.keys()].map((name) => name.split(".")[0] ?? "")
);
var RELEASE_AREAS = /* @__PURE__ */ new Set(["release"]);
function setSecret({ job }, { message }) {
  if (message !== "") job.masker.add(message);
}
function withMessage(missing) {
  return (_context, { message }) => {
    if (message.trim() === "") throw new CommandError(missing);
  };
}
function updateBuildNumber(context, command) {
  withMessage("Build number is required.")(context, command);
  context.job.variables.set("Build.BuildNumber", command.message);
}
function publishResults(_context, { properties, message }) {
  required(properties, "type", "results.publish");
  if (!properties.get("resultfiles") && message === "") {
    throw new CommandError("Please provide a valid file path for the test results (resultFiles).");
  }
}

// local-agent/agent/commands/process-line.ts
var DOCUMENTATION = "https://go.microsoft.com/fwlink/?LinkId=817296";
function processLine(context, line) {
  const decodePercents = knob(context.job, "DECODE_PERCENTS")?.toLowerCase() !== "false";
  const command = parseCommand(line, { decodePercents });
  if (!command) {
    if (line.includes("##vso")) {
      context.warning(
        `'${line}' contains logging command keyword '##vso', but it's not a legal command. Please see the list of accepted commands: ${DOCUMENTATION}`
      );
    }
    context.job.log.write(line);
  } else if (RELEASE_AREAS.has(command.area)) {
    context.error(`${command.area} commands are not supported for build.`);
    context.failByCommand();
    context.job.log.write(line);
  } else if (AREAS.has(command.area)) execute(context, command, line);
  else {
    context.warning(
      `Can't find command extension for ##vso[${command.area}.command]. Please reference documentation (${DOCUMENTATION})`
    );
  }
}
function execute(context, command, line) {
  const name = `${command.area}.${command.event}`;
  try {
    run(context, name, command);
  } catch (error) {
    context.error(
      `Unable to process command '${line}' successfully. Please reference documentation (${DOCUMENTATION})`
    );
    context.error(error instanceof Error ? error.message : String(error));
    context.failByCommand();
  }
  if (name !== "task.debug") context.job.log.debug(`Processed: ${line}`);
}
function run(context, name, command) {
  const handler = COMMANDS.get(name);
  if (!handler) {
    throw new CommandError(
      `##vso[${name}] is not a recognized command for ${command.area} command extension. Please reference documentation (${DOCUMENTATION})`
    );
  }
  if (context.restrictions?.restricted && !handler.allowedWhenRestricted) {
    context.warning(`##vso[${name}] is not allowed in this step due to policy restrictions.`);
    return;
  }
  handler.run(context, command);
  if (handler.recorded) context.events.push(command);
}

// local-agent/agent/environment-names.ts
function toEnvironmentName(name) {
  return name.replaceAll(".", "_").replaceAll(" ", "_").toUpperCase();
}

// local-agent/agent/environment.ts
function buildEnvironment(sources) {
  const env = {};
  for (const [name, value] of sources.step) env[name.trim()] = value.trim();
  addVariables(env, sources.variables);
  for (const [name, value] of sources.inputs) env[`INPUT_${toEnvironmentName(name)}`] = value;
  for (const endpoint of sources.endpoints) addEndpoint(env, endpoint);
  for (const { id, name, ticket } of sources.secureFiles) {
    env[`SECUREFILE_NAME_${id}`] = name;
    env[`SECUREFILE_TICKET_${id}`] = ticket;
  }
  for (const { name, value } of sources.taskVariables) {
    env[`VSTS_TASKVARIABLE_${toEnvironmentName(name)}`] = value;
  }
  prependPath2(env, sources);
  return { ...definedOnly(sources.process), ...env, TF_BUILD: "True" };
}
function addVariables(env, variables) {
  const open = variables.filter(({ isSecret }) => !isSecret);
  const secret = variables.filter(({ isSecret }) => isSecret);
  for (const { name, value, keepsCase } of open) {
    if (name.toLowerCase() === "agent.jobstatus") env[name] = value;
    const formatted = toEnvironmentName(name);
    env[keepsCase ? name.replaceAll(".", "_").replaceAll(" ", "_") : formatted] = value;
  }
  env["VSTS_PUBLIC_VARIABLES"] = JSON.stringify(open.map(({ name }) => name));
  for (const { name, value } of secret) env[`SECRET_${toEnvironmentName(name)}`] = value;
  env["VSTS_SECRET_VARIABLES"] = JSON.stringify(secret.map(({ name }) => name));
}
function addEndpoint(env, endpoint) {
  const key = endpoint.id ?? "SYSTEMVSSCONNECTION";
  const { parameters, scheme, data } = endpoint;
  env[`ENDPOINT_URL_${key}`] = endpoint.url;
  env[`ENDPOINT_AUTH_${key}`] = JSON.stringify({ parameters, scheme });
  env[`ENDPOINT_AUTH_SCHEME_${key}`] = scheme;
  for (const [name, value] of Object.entries(parameters)) {
    env[`ENDPOINT_AUTH_PARAMETER_${key}_${toEnvironmentName(name)}`] = value;
  }
  if (endpoint.id === null) return;
  env[`ENDPOINT_DATA_${key}`] = JSON.stringify(data);
  for (const [name, value] of Object.entries(data)) {
    env[`ENDPOINT_DATA_${key}_${toEnvironmentName(name)}`] = value;
  }
}
function prependPath2(env, { prependedPath, process: process2 }) {
  if (prependedPath.length === 0) return;
  const before = env["PATH"] ?? process2["PATH"];
  env["PATH"] = [...prependedPath, ...before ? [before] : []].join(":");
}
function definedOnly(env) {
  return Object.fromEntries(
    Object.entries(env).filter((pair) => pair[1] !== void 0)
  );
}

// local-agent/agent/inputs.ts
import { resolve as resolve4 } from "node:path";

// local-agent/agent/macros.ts
function expandMacros(text, lookUp2) {
  let result = text;
  let start2 = 0;
  for (; ; ) {
    const prefix = result.indexOf("$(", start2);
    const suffix = prefix < 0 ? -1 : result.indexOf(")", prefix + 2);
    if (suffix < 0) return result;
    const value = lookUp2(result.slice(prefix + 2, suffix));
    if (value === void 0) {
      start2 = prefix + 1;
    } else {
      result = result.slice(0, prefix) + value + result.slice(suffix + 1);
      start2 = prefix + value.length;
    }
  }
}

// local-agent/agent/inputs.ts
function resolveInputs(declared, given, scope) {
  const inputs = /* @__PURE__ */ new Map();
  for (const { name, defaultValue } of declared) {
    inputs.set(name.toLowerCase(), { name, value: defaultValue.trim() });
  }
  for (const [name, value] of Object.entries(given)) {
    const key = name.trim().toLowerCase();
    inputs.set(key, { name: inputs.get(key)?.name ?? name.trim(), value: value.trim() });
  }
  const paths = new Set(declared.filter(({ type: type2 }) => type2 === "filepath").map(({ name }) => name));
  const result = /* @__PURE__ */ new Map();
  for (const { name, value } of inputs.values()) {
    const expanded = expandMacros(
      scope.expandVariables(value),
      (variable) => scope.process[variable]
    );
    result.set(name, paths.has(name) ? resolve4(scope.repositoryFolder, expanded) : expanded);
  }
  return result;
}

// local-agent/agent/node-binaries.ts
function selectNode(handler, binaries, knob2) {
  if (binaries.chosen) return binaries.chosen;
  const isOn = (name) => knob2(name)?.toLowerCase() === "true";
  const gateOpen = isOn("DistributedTask.Agent.UseNode24withHandlerData") || isOn("AGENT_USE_NODE24_WITH_HANDLER_DATA");
  if (isOn("AGENT_USE_NODE24") || handler === "Node24" && gateOpen && !isOn("AGENT_USE_NODE20_1")) {
    return present(binaries.node24, 24);
  }
  if (handler === "Node24" || handler === "Node20_1" || isOn("AGENT_USE_NODE20_1")) {
    return present(binaries.node20, 20);
  }
  throw new Error(
    `This task has only the handler ${handler}, and the local agent brings Node 20 and 24. Use a newer version of the task, or --node PATH.`
  );
}
function present(binary, major) {
  if (binary) return binary;
  throw new Error(
    `Node ${major} is not installed: run npm install (it is an optional dependency), or give --node PATH.`
  );
}

// local-agent/agent/task-process.ts
import { spawn } from "node:child_process";
import { writeFile as writeFile2 } from "node:fs/promises";
import { constants } from "node:os";

// local-agent/agent/line-splitter.ts
import { StringDecoder } from "node:string_decoder";
var LineSplitter = class {
  decoder = new StringDecoder("utf8");
  pending = "";
  onLine;
  constructor(onLine) {
    this.onLine = onLine;
  }
  write(chunk) {
    this.pending += this.decoder.write(chunk);
    const lines = this.pending.split(/\r\n|\n|\r(?!$)/);
    this.pending = lines.pop() ?? "";
    for (const line of lines) this.onLine(line);
  }
  /** The stream is over: what is left without a line end is a line too. */
  end() {
    const rest = (this.pending + this.decoder.end()).replace(/\r$/, "");
    if (this.pending !== "") this.onLine(rest);
    this.pending = "";
  }
};

// local-agent/agent/task-process.ts
var PIPE_GRACE = 5e3;
async function runTaskProcess(options) {
  const child = spawn(options.file, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"]
  });
  child.stdin.on("error", () => void 0).end();
  const outputs = [child.stdout, child.stderr];
  const drained = Promise.all(outputs.map((stream) => readLines(stream, options.onLine)));
  const exit = exitOf(child);
  preferAsVictim(child.pid, options.env["PIPELINE_JOB_OOMSCOREADJ"]);
  const stopSignals = escalateOnCancel(child, options);
  try {
    const code = await exit;
    await Promise.race([drained, afterMilliseconds(PIPE_GRACE)]);
    return code;
  } finally {
    stopSignals();
    for (const stream of outputs) stream.removeAllListeners("data").destroy();
  }
}
function exitOf(child) {
  return new Promise((resolve6, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      resolve6(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
function readLines(stream, onLine) {
  const splitter = new LineSplitter(onLine);
  stream.on("data", (chunk) => {
    splitter.write(chunk);
  });
  return new Promise((resolve6) => {
    stream.once("end", () => {
      splitter.end();
      resolve6();
    });
    stream.once("error", () => {
      resolve6();
    });
  });
}
function escalateOnCancel(child, options) {
  let timer;
  const send = (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  const start2 = () => {
    send("SIGINT");
    timer = setTimeout(() => {
      send("SIGTERM");
      timer = setTimeout(() => {
        send("SIGKILL");
      }, options.graces.afterTerminate);
    }, options.graces.afterInterrupt);
  };
  if (options.cancel.aborted) start2();
  else options.cancel.addEventListener("abort", start2, { once: true });
  return () => {
    clearTimeout(timer);
    options.cancel.removeEventListener("abort", start2);
  };
}
function preferAsVictim(pid, score = "500") {
  if (pid === void 0) return;
  writeFile2(`/proc/${pid}/oom_score_adj`, score).catch(() => void 0);
}
function afterMilliseconds(milliseconds2) {
  return new Promise((resolve6) => {
    setTimeout(resolve6, milliseconds2).unref();
  });
}

// local-agent/agent/task-host.ts
var SIGINT_GRACE = 7500;
var SIGTERM_GRACE = 2500;
var DONE_GRACE = 5e3;
var STILL_RUNNING = 'The task was marked as "done", but the process has not closed after 5 seconds. Treating the task as complete.';
var ExitCodeError = class extends Error {
  name = "ExitCodeError";
};
async function runHandler(context, { task, handler, node }, cancel) {
  const target = targetOf(context, task, handler);
  const listener = { isOn: true };
  const done = forcedCompletion(context);
  const exit = runTaskProcess({
    file: node,
    args: [target],
    cwd: workingDirectory(context, handler),
    env: environmentOf(context, task),
    onLine: (line) => {
      if (listener.isOn) processLine(context, line);
    },
    cancel,
    graces: gracesOf(context)
  });
  const code = await Promise.race([exit, done]);
  listener.isOn = false;
  if (code === "forced") exit.catch(() => void 0);
  else if (code !== 0 && !cancel.aborted) {
    throw new ExitCodeError(
      `Exit code ${code} returned from process: file name '${node}', arguments '"${target}"'.`
    );
  }
}
function forcedCompletion(context) {
  return new Promise((resolve6) => {
    context.forceCompletion = () => {
      const timer = setTimeout(() => {
        context.job.log.debug(STILL_RUNNING);
        resolve6("forced");
      }, DONE_GRACE);
      timer.unref();
    };
  });
}
function gracesOf(context) {
  return {
    afterInterrupt: milliseconds(context, "PROCESS_SIGINT_TIMEOUT", SIGINT_GRACE),
    afterTerminate: milliseconds(context, "PROCESS_SIGTERM_TIMEOUT", SIGTERM_GRACE)
  };
}
function workingDirectory({ job }, handler) {
  const folder = handler.workingDirectory || (job.variables.get("System.DefaultWorkingDirectory") ?? job.directories.work);
  if (!existsSync8(folder)) throw new Error(`Working directory not found: '${folder}'`);
  return folder;
}
function targetOf(context, task, handler) {
  const text = context.phase === "main" ? handler.target.replaceAll("$(currentDirectory)", task.folder) : handler.target;
  const target = resolve5(task.folder, text);
  if (!existsSync8(target)) throw new Error(`File not found: '${target}'`);
  return target;
}
function environmentOf(context, { definition }) {
  const { job, step } = context;
  const expand = (text) => job.variables.expand(text);
  const inputs = resolveInputs(definition.inputs, step.inputs, {
    expandVariables: expand,
    process: job.process,
    repositoryFolder: job.directories.sources
  });
  const idsOf = (test) => new Set(
    definition.inputs.filter(({ type: type2 }) => test(type2)).flatMap(({ name }) => (inputs.get(name) ?? "").split(",")).map((id) => id.trim().toLowerCase())
  );
  const connections = idsOf((type2) => type2.startsWith("connectedservice:"));
  const files = idsOf((type2) => type2 === "securefile");
  return buildEnvironment({
    process: job.process,
    step: step.environment.map(([name, value]) => [name, expand(value)]),
    variables: job.variables.all(),
    inputs,
    endpoints: job.endpoints.filter(({ id }) => id === null || connections.has(id)),
    secureFiles: job.message.secureFiles.filter(({ id }) => files.has(id)),
    taskVariables: [...context.taskVariables.values()],
    prependedPath: job.prependedPath
  });
}
function nodeFor(context, handler, binaries) {
  return selectNode(handler.name, binaries, (name) => knob(context.job, name));
}
function milliseconds({ job }, name, fallback) {
  const value = Number(knob(job, name));
  return Number.isInteger(value) && value > 0 ? value : fallback;
}

// local-agent/agent/plan-steps.ts
var PREFIX2 = { pre: "Pre-job: ", main: "", post: "Post-job: " };
function planSteps({ message, variables }, tasks, binaries) {
  const byPhase = { pre: [], main: [], post: [] };
  for (const original of message.steps) {
    const task = tasks.get(original);
    const step = { ...original, displayName: variables.expand(original.displayName) };
    const taskVariables = /* @__PURE__ */ new Map();
    if (!task) {
      byPhase.main.push(checkoutPart(step, taskVariables));
      continue;
    }
    for (const phase of ["pre", "main", "post"]) {
      const stage = task.definition.stages[phase];
      if (stage)
        byPhase[phase].push(taskPart({ step, task, phase, taskVariables, binaries, ...stage }));
    }
  }
  return [...byPhase.pre, ...byPhase.main, ...byPhase.post.toReversed()];
}
function taskPart({ step, task, phase, taskVariables, binaries, handler }) {
  const { definition } = task;
  return {
    step,
    recordId: phase === "main" ? step.id : randomUUID2(),
    phase,
    displayName: PREFIX2[phase] + step.displayName,
    condition: phase === "post" ? "always()" : step.condition,
    restrictions: definition.restrictions,
    declaredOutputs: definition.outputVariables,
    taskVariables,
    task: `${definition.name}@${definition.version}`,
    node: (context) => handler ? nodeFor(context, handler, binaries) : null,
    announce: (context) => {
      printBanner(context, task);
    },
    run: async (context, node, cancel) => {
      if (!handler || !node) {
        throw new Error("The current operating system is not capable of running this task.");
      }
      await runHandler(context, { task, handler, node }, cancel);
    }
  };
}
function printBanner({ job }, { definition }) {
  banner(definition).forEach((line) => {
    job.log.write(line);
  });
}
function checkoutPart(step, taskVariables) {
  return {
    step,
    recordId: step.id,
    phase: "main",
    displayName: step.displayName,
    condition: step.condition,
    restrictions: null,
    declaredOutputs: [],
    taskVariables,
    task: "checkout",
    node: () => null,
    announce: () => void 0,
    run: async ({ job }) => {
      await runCheckout(job);
    }
  };
}
async function runCheckout({ message, directories, log }) {
  const { folder } = message.repository;
  log.write(`Copying the working tree of ${folder} to ${directories.sources}`);
  const count = await checkout(folder, { target: directories.sources, work: directories.work });
  log.write(`${count} files`);
}

// local-agent/agent/retry.ts
import { setTimeout as sleep } from "node:timers/promises";
function retryDelay(retry) {
  return (retry + 1) ** 2 * 1e3;
}
async function withRetries(context, attempt, cancel, delay = retryDelay) {
  const retries = context.step.retryCountOnTaskFailure;
  for (let retry = 0; ; retry++) {
    const failure = await outcome(attempt);
    const failed = failure !== null || context.result === "Failed";
    if (!failed || retry >= retries || cancel.aborted) {
      if (failure) throw failure;
      return;
    }
    const count = `attempt #: ${retry + 1} out of ${retries}`;
    if (!failure) context.result = null;
    context.warning(
      failure ? `RetryHelper encountered exception, will retry (${count} ${failure.message}) after ${delay(retry)} ms` : `RetryHelper encountered task failure, will retry (${count}) after ${delay(retry)} ms`
    );
    await sleep(delay(retry), void 0, { signal: cancel }).catch(() => void 0);
    if (isStopped(cancel)) return;
    context.job.variables.recalculate();
  }
}
function isStopped(cancel) {
  return cancel.aborted;
}
async function outcome(attempt) {
  try {
    await attempt();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

// local-agent/agent/issue.ts
var MAX_ISSUES_OF_A_KIND = 10;

// local-agent/agent/step-context.ts
var StepContext = class {
  job;
  step;
  recordId;
  phase;
  restrictions;
  declaredOutputs;
  taskVariables;
  result = null;
  /** Set by commands that go wrong; merged when the process has ended. */
  commandResult = null;
  /** Called by `task.complete done=true`. */
  forceCompletion = () => void 0;
  issues = [];
  events = [];
  outputs = /* @__PURE__ */ new Map();
  constructor(init) {
    this.job = init.job;
    this.step = init.step;
    this.recordId = init.recordId;
    this.phase = init.phase;
    this.restrictions = init.restrictions;
    this.declaredOutputs = init.declaredOutputs;
    this.taskVariables = init.taskVariables;
  }
  /** Prints an error and keeps it as an issue; the result stays what it is. */
  error(message) {
    this.addIssue({ type: "error", message, properties: {} });
    this.job.log.error(message);
  }
  warning(message) {
    this.addIssue({ type: "warning", message, properties: {} });
    this.job.log.warning(message);
  }
  addIssue(issue) {
    const same = this.issues.filter(({ type: type2 }) => type2 === issue.type).length;
    if (same < MAX_ISSUES_OF_A_KIND) this.issues.push(issue);
  }
  complete(result) {
    this.result = mergeResults(this.result, result);
  }
  failByCommand() {
    this.commandResult = mergeResults(this.commandResult, "Failed");
  }
};

// local-agent/agent/node-version.ts
import { execa as execa3 } from "execa";
var versions = /* @__PURE__ */ new Map();
function nodeVersion(binary) {
  const known = versions.get(binary);
  if (known) return known;
  const asked = ask(binary);
  versions.set(binary, asked);
  return asked;
}
async function ask(binary) {
  const { stdout } = await execa3(binary, ["--version"], {
    reject: false,
    stdin: "ignore",
    timeout: 1e4
  });
  return stdout.replace(/^v/, "") || "unknown";
}

// local-agent/agent/step-record.ts
async function recordOf(context, part, { start: start2, node }) {
  const { job } = context;
  const result = context.result ?? "Succeeded";
  job.result = mergeIntoJob(job.result, result);
  return {
    name: part.step.name,
    displayName: part.displayName,
    task: part.task,
    phase: part.phase,
    result,
    start: start2,
    finish: /* @__PURE__ */ new Date(),
    node: node ? await nodeVersion(node) : null,
    issues: context.issues,
    events: context.events,
    outputVariables: Object.fromEntries(
      [...context.outputs].map(([name, { value, isSecret }]) => [name, isSecret ? "***" : value])
    ),
    attachments: job.attachments.list(part.recordId)
  };
}

// local-agent/agent/step-result.ts
function applyStop(context, stopped) {
  if (!stopped.aborted) return;
  if (stopped.reason === "timeout") {
    context.error("The task has timed out.");
    context.result = "Failed";
  } else {
    context.error("The operation was canceled.");
    context.result = "Canceled";
  }
}
function failStep(context, stopped, error) {
  if (stopped.aborted) {
    applyStop(context, stopped);
    return;
  }
  context.error(error instanceof Error ? error.message : String(error));
  context.result = "Failed";
}
async function settle(context) {
  const { job, step } = context;
  for (const { type: type2, name, path } of await job.attachments.drain()) {
    job.log.warning(`Can't attach (type:${type2} name:${name}) file: ${path}. File does not exist.`);
  }
  if (context.commandResult) context.result = mergeResults(context.result, context.commandResult);
  if (context.result === "Failed" && step.continueOnError) context.result = "SucceededWithIssues";
  context.result ??= "Succeeded";
}

// local-agent/agent/run-step.ts
async function runStep(part, job) {
  const start2 = /* @__PURE__ */ new Date();
  const context = new StepContext({ ...part, job });
  const stop2 = new AbortController();
  const { cancel, shutdown } = job.lifetime;
  const onShutdown = () => {
    stop2.abort("canceled");
  };
  const onCancel = () => {
    markCanceled(job);
    if (!holds(context, part.condition)) onShutdown();
  };
  if (cancel.aborted) markCanceled(job);
  cancel.addEventListener("abort", onCancel, { once: true });
  shutdown.addEventListener("abort", onShutdown, { once: true });
  try {
    const node = await runIfConditionHolds(context, part, stop2);
    return await recordOf(context, part, { start: start2, node });
  } finally {
    cancel.removeEventListener("abort", onCancel);
    shutdown.removeEventListener("abort", onShutdown);
  }
}
async function runIfConditionHolds(context, part, stop2) {
  const { job } = context;
  setStepVariables(context, part);
  job.variables.recalculate().forEach((warning) => {
    context.warning(warning);
  });
  if (holds(context, part.condition)) return await execute2(context, part, stop2);
  context.result ??= "Skipped";
  if (context.result === "Skipped")
    job.log.debug(`Skipping '${part.displayName}' due to condition evaluation.`);
  return null;
}
function holds(context, condition) {
  const { job } = context;
  if (job.lifetime.shutdown.aborted) return false;
  try {
    return evaluateCondition(condition, { jobResult: job.result, variables: job.variables.all() });
  } catch (error) {
    context.error(error instanceof Error ? error.message : String(error));
    context.complete("Failed");
    return false;
  }
}
async function execute2(context, part, stop2) {
  const { log } = context.job;
  log.section(`Starting: ${part.displayName}`);
  part.announce(context);
  const timer = startTimeout(part.step.timeoutInMinutes, stop2);
  let node = null;
  try {
    node = part.node(context);
    await withRetries(context, () => part.run(context, node, stop2.signal), stop2.signal);
    applyStop(context, stop2.signal);
  } catch (error) {
    failStep(context, stop2.signal, error);
  } finally {
    clearTimeout(timer);
  }
  await settle(context);
  log.section(`Finishing: ${part.displayName}`);
  return node;
}
function startTimeout(minutes, stop2) {
  if (minutes === 0) return void 0;
  return setTimeout(() => {
    stop2.abort("timeout");
  }, minutes * 6e4);
}
function markCanceled(job) {
  job.result = "Canceled";
  job.variables.set("agent.jobstatus", "Canceled");
}
function setStepVariables({ job, step }, part) {
  job.variables.set("agent.jobstatus", job.result ?? "Succeeded");
  job.variables.set("task.displayname", part.displayName);
  job.variables.set("system.taskInstanceId", step.id);
  job.variables.set("system.taskDisplayName", part.displayName);
  job.variables.set("system.taskInstanceName", step.name);
}

// local-agent/agent/read-only-names.ts
var READ_ONLY_NAMES = new Set(
  `agent.acceptteeeula agent.builddirectory agent.cloudid agent.containerid agent.containermapping
  agent.containernetwork agent.diagnostic agent.gituseschannel agent.homedirectory agent.id agent.isselfhosted
  agent.jobname agent.jobstatus agent.machinename agent.name agent.os agent.osarchitecture agent.osversion
  agent.proxybypasslist agent.proxypassword agent.proxyurl agent.proxyusername agent.readonlyvariables
  agent.retaindefaultencoding agent.rootdirectory agent.runmode agent.serveromdirectory agent.services agent.cainfo
  agent.clientcert agent.clientcertarchive agent.clientcertkey agent.clientcertpassword agent.skipcertvalidation
  agent.tempdirectory agent.toolsdirectory agent.version agent.workfolder agent.workingdirectory
  build.artifactstagingdirectory build.binariesdirectory build.clean build.definitionname build.gated.runci
  build.gated.shelvesetname build.buildnumber build.repository.clean build.repository.git.submodulecheckout
  build.repository.id build.repository.localpath build.repository.name build.repository.provider
  build.repository.tfvc.workspace build.repository.uri build.sourcebranch build.sourcetfvcshelveset
  build.sourceversion build.sourceversionmessage build.sourcesdirectory build.stagingdirectory build.syncsources
  build.useserverworkspaces common.testresultsdirectory agent.clean.builddirectory agent.source.git.lfs
  agent.source.git.shallowfetchdepth agent.source.skip pipeline.workspace agent.releasedirectory
  system.artifactsdirectory release.attemptnumber release.disablerobocopy release.definitionid
  release.definitionname release.releasedescription release.artifact.download.buffersize release.environmentname
  release.environmenturi release.releaseid release.releasename release.artifact.download.parallellimit
  release.requestedforid release.releaseuri release.releaseweburl release.requestedfor release.robocopymt
  release.skipartifactsdownload system.accesstoken system.collectionid system.culture system.debug
  system.defaultworkingdirectory system.definitionid system.definitionname system.enableaccesstoken system.hosttype
  system.jobattempt system.jobdisplayname system.jobid system.jobname system.phaseattempt system.phasedisplayname
  system.phasename system.planid system.prefergitfrompath system.pullrequest.targetbranchname
  system.selfmanagegitcreds system.servertype system.sourceversionmessage system.stageattempt
  system.stagedisplayname system.stagename system.teamfoundationserveruri system.teamproject system.teamprojectid
  system.workfolder task.displayname task.skiptranslatorforcheckout`.split(/\s+/)
);

// local-agent/agent/variables.ts
var MAX_DEPTH = 50;
var VariableStore = class {
  stored = /* @__PURE__ */ new Map();
  expanded = /* @__PURE__ */ new Map();
  masker;
  /** The initial secrets are masked by the caller, with more forms than later ones get. */
  constructor(variables, masker) {
    this.masker = masker;
    for (const variable of variables) {
      this.stored.set(variable.name.toLowerCase(), { ...variable, keepsCase: false });
    }
    this.recalculate();
  }
  get(name) {
    return this.expanded.get(name.toLowerCase())?.value;
  }
  getBoolean(name) {
    const text = this.get(name)?.trim().toLowerCase();
    return text === "true" ? true : text === "false" ? false : void 0;
  }
  all() {
    return [...this.expanded.values()];
  }
  expand(text) {
    return expandMacros(text, (name) => this.get(name));
  }
  /** Sets a variable for what comes later. A name that was secret stays secret, with whatever value. */
  set(name, value, options = {}) {
    const key = name.toLowerCase();
    const isSecret = options.isSecret === true || this.expanded.get(key)?.isSecret === true;
    if (isSecret && value !== "") this.masker.add(value);
    const isReadOnly = options.isReadOnly === true || this.stored.get(key)?.isReadOnly === true;
    const variable = { name, value, isSecret, isReadOnly, keepsCase: options.keepsCase === true };
    this.stored.set(key, variable);
    this.expanded.set(key, variable);
  }
  isReadOnly(name) {
    const key = name.toLowerCase();
    return READ_ONLY_NAMES.has(key) || (this.stored.get(key)?.isReadOnly ?? false);
  }
  /**
   * Expands variables that name variables, all the way down; done at the start of each step. A value that pulls in a
   * secret becomes secret. Returns one warning for each variable that ends in itself; such a value stays raw.
   */
  recalculate() {
    const warnings = [];
    this.expanded = /* @__PURE__ */ new Map();
    for (const [key, variable] of this.stored) {
      const expansion = this.expandDeep(variable, [key]);
      if (expansion === null) {
        warnings.push(
          `Unable to expand variable '${variable.name}'. A cyclical reference was detected.`
        );
      }
      const visible = { ...variable, ...expansion };
      if (visible.isSecret && !variable.isSecret && visible.value !== "")
        this.masker.add(visible.value);
      this.expanded.set(key, visible);
    }
    return warnings;
  }
  /** Null when the value leads back to itself or nests too deep. */
  expandDeep({ value, isSecret }, path) {
    const inner = [];
    const text = expandMacros(value, (name) => {
      const key = name.toLowerCase();
      const other = this.stored.get(key);
      if (!other) return void 0;
      const deeper = path.includes(key) || path.length > MAX_DEPTH ? null : this.expandDeep(other, [...path, key]);
      inner.push(deeper);
      return deeper?.value;
    });
    if (inner.includes(null)) return null;
    return { value: text, isSecret: isSecret || inner.some((part) => part?.isSecret) };
  }
};

// local-agent/agent/run-job.ts
async function runJob(message, surroundings) {
  const start2 = /* @__PURE__ */ new Date();
  const lookupId = `vsts_${randomUUID3()}`;
  await surroundings.onLookupId(lookupId);
  const job = createContext(message, surroundings, lookupId);
  surroundings.onStart(job);
  const steps = [];
  try {
    const tasks = await initializeJob(job);
    for (const part of tasks ? planSteps(job, tasks, surroundings.binaries) : []) {
      steps.push(await runStep(part, job));
    }
  } finally {
    job.lifetime.end();
    await finalizeJob(job, lookupId);
  }
  const result = job.lifetime.cancel.aborted ? "Canceled" : job.result ?? "Succeeded";
  const { jobName: name, displayName } = message;
  return { record: { name, displayName, result, start: start2, finish: /* @__PURE__ */ new Date(), steps }, job };
}
function createContext(message, { directories, process: process2, sink, cancel }, lookupId) {
  const masker = jobMasker(message, process2);
  const variables = new VariableStore(
    [...message.variables, ...agentVariables(message, directories, lookupId)],
    masker
  );
  const log = new JobLog(sink, masker);
  log.debugEnabled = variables.getBoolean("System.Debug") ?? false;
  return {
    message,
    directories,
    variables,
    masker,
    log,
    process: process2,
    attachments: new AttachmentStore(directories.attachments),
    endpoints: message.endpoints.map((endpoint) => withExpandedData(endpoint, variables)),
    prependedPath: [],
    result: null,
    lifetime: startLifetime(message, cancel, (text) => {
      log.error(text);
    })
  };
}
function withExpandedData(endpoint, variables) {
  const data = Object.entries(endpoint.data).map(([name, value]) => [
    name,
    variables.expand(value)
  ]);
  return { ...endpoint, data: Object.fromEntries(data) };
}

// local-agent/cli/run-record.ts
function toJson(job, mask) {
  const plain = { ...job, ...times(job), steps: job.steps.map(stepJson) };
  return maskAll(plain, mask);
}
function stepJson(step) {
  return {
    ...step,
    ...times(step),
    issues: step.issues.map(issueJson),
    events: step.events.map(({ area, event, properties, message }) => ({
      event: `${area}.${event}`,
      properties: Object.fromEntries(properties),
      message
    })),
    attachments: step.attachments.map(({ type: type2, name, path, stored }) => ({
      type: type2,
      name,
      path,
      stored
    }))
  };
}
function issueJson({ type: type2, message, properties }) {
  const { linenumber: line, columnnumber: column, ...rest } = properties;
  return { type: type2, message, ...rest, ...line && { line }, ...column && { column } };
}
function times({ start: start2, finish }) {
  return {
    start: start2.toISOString(),
    finish: finish.toISOString(),
    seconds: (finish.getTime() - start2.getTime()) / 1e3
  };
}
function maskAll(value, mask) {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskAll(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskAll(item, mask)]));
}

// local-agent/cli/run-jobs.ts
async function runJobs(jobs, surroundings) {
  const finished = [];
  let result = null;
  for (const job of jobs) {
    const done = await runOne(job, surroundings);
    finished.push(done);
    const failed = done.record.result === "Failed" && job.message.continueOnError;
    result = mergeIntoJob(result, failed ? "SucceededWithIssues" : done.record.result);
  }
  return {
    result: surroundings.cancel.aborted ? "Canceled" : result ?? "Succeeded",
    jobs: finished
  };
}
async function runOne(job, surroundings) {
  const { source } = job;
  const { sink, cancel } = surroundings;
  const notRun = cancel.aborted ? "Canceled" : jobShouldRun(job) ? null : "Skipped";
  if (notRun) {
    sink(`##[section]Job ${source.displayName}: ${notRun}`);
    return unstarted(source, notRun);
  }
  sink(`##[section]Starting: ${source.displayName}`);
  const finished = await start(job, surroundings);
  sink(`##[section]Finishing: ${source.displayName}`);
  return finished;
}
async function start({ message }, { work, binaries, sink, cancel, onJob }) {
  const { record, job } = await runJob(message, {
    directories: directoriesOf(work.path),
    binaries,
    process: process.env,
    sink,
    cancel,
    onLookupId: (lookupId) => work.noteLookupId(lookupId),
    onStart: onJob
  });
  return { record, json: toJson(record, (text) => job.masker.mask(text)) };
}
function unstarted({ name, displayName }, result) {
  const now = /* @__PURE__ */ new Date();
  const record = { name, displayName, result, start: now, finish: now, steps: [] };
  return { record, json: toJson(record, (text) => text) };
}
function jobShouldRun({ source, message }) {
  const variables = message.variables.map((variable) => ({ ...variable, keepsCase: false }));
  return evaluateCondition(source.condition?.value ?? "", { jobResult: null, variables });
}

// local-agent/cli/summary.ts
function summaryLines(result, jobs) {
  const steps = jobs.flatMap((job) => [
    `${job.displayName}: ${job.result}`,
    ...job.steps.map((step) => `  ${stepLine(step)}`)
  ]);
  return ["", ...steps, "", `Result: ${result}`];
}
function stepLine({ result, start: start2, finish, displayName }) {
  const seconds = ((finish.getTime() - start2.getTime()) / 1e3).toFixed(1);
  return `${result.padEnd(19)} ${`${seconds} s`.padStart(8)}  ${displayName}`;
}

// local-agent/cli/work-folder.ts
import { existsSync as existsSync9 } from "node:fs";
import { mkdir as mkdir6, mkdtemp, readdir as readdir5, readFile as readFile6, rm as rm4, writeFile as writeFile3 } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join11 } from "node:path";
var PREFIX3 = "local-agent-";
var NOTE = "run.json";
async function openWorkFolder(given) {
  const left = (await readdir5(tmpdir())).filter((name) => name.startsWith(PREFIX3));
  for (const name of left) await clearLeftovers(join11(tmpdir(), name), { remove: true });
  if (given) {
    await refuseSharing(given);
    await clearLeftovers(given, { remove: false });
  }
  const root = given ?? await mkdtemp(join11(tmpdir(), PREFIX3));
  await mkdir6(root, { recursive: true });
  const path = given ?? join11(root, "_work");
  const lookupIds = [];
  const write = async () => {
    const note = { pid: process.pid, lookupIds };
    await writeFile3(join11(root, NOTE), JSON.stringify(note), { mode: 384 });
  };
  await write();
  return {
    path,
    noteLookupId: async (lookupId) => {
      lookupIds.push(lookupId);
      await write();
    },
    release: async () => {
      await rm4(given ? join11(root, NOTE) : root, { recursive: true, force: true });
    }
  };
}
async function refuseSharing(folder) {
  const note = await readNote(join11(folder, NOTE));
  if (!note || note.pid === process.pid || !isAlive(note.pid)) return;
  throw new UsageError(`--work ${folder} is in use by another run (process ${note.pid})`);
}
async function clearLeftovers(folder, { remove }) {
  const file = join11(folder, NOTE);
  if (!existsSync9(file)) return;
  const note = await readNote(file);
  if (!note || isAlive(note.pid)) return;
  for (const lookupId of note.lookupIds) await killOrphans(lookupId);
  await rm4(remove ? folder : file, { recursive: true, force: true });
}
async function readNote(file) {
  try {
    return JSON.parse(await readFile6(file, "utf8"));
  } catch {
    return null;
  }
}
function isAlive(pid) {
  return existsSync9(`/proc/${pid}`);
}

// local-agent/cli/run-pipeline.ts
async function runPipeline(options, sink, cancel) {
  checkFolders(options);
  const binaries = findNode(options.node);
  const work = await openWorkFolder(options.work);
  try {
    return await runIn(work, options, { binaries, sink, cancel });
  } finally {
    await work.release();
  }
}
async function runIn(work, options, { binaries, sink, cancel }) {
  const live = { resources: null, jobs: [] };
  const identity = {
    buildId: randomInt(1, 2 ** 31 - 1),
    accessToken: randomBytes(24).toString("hex")
  };
  const earlierRuns = options.history === null ? [] : await readRuns(options.history);
  const server = await serve(live, { ...identity, earlierRuns });
  try {
    const { collectionUri } = server;
    const fresh = { ...identity, collectionUri, startedAt: /* @__PURE__ */ new Date(), planId: randomUUID4() };
    const input = await loadInput(options, fresh);
    live.resources = input.resources;
    const jobs = await compile2(input, options, work, sink);
    const onJob = (job) => live.jobs.push(job);
    const { result, jobs: finished } = await runJobs(jobs, { work, binaries, sink, cancel, onJob });
    await report(options, { result, finished }, sink);
    if (options.history !== null)
      await keepRun(options.history, storedRun(input.run, result, live.jobs));
    return result;
  } finally {
    await server.stop();
  }
}
async function serve(live, { buildId, accessToken, earlierRuns }) {
  return await startFakeServer({
    token: accessToken,
    buildId,
    earlierRuns,
    attachments: () => live.jobs.flatMap((job) => job.attachments.list()),
    secureFile: (id, ticket) => {
      const known = live.jobs.some(
        ({ message }) => message.secureFiles.some((file) => file.id === id && file.ticket === ticket)
      );
      return known ? live.resources?.secureFiles.find((file) => file.id === id)?.path ?? null : null;
    }
  });
}
async function compile2(input, options, work, sink) {
  const standIns = join12(work.path, "_stand-ins");
  await packStandIns(standIns);
  const { unused } = input.pipeline;
  const jobs = await compileJobs(input, options, standIns);
  for (const warning of input.source.warnings) sink(`##[warning]${formatProblem(warning)}`);
  if (unused.length > 0)
    sink(`Not used here, the pipeline runs now and on this machine: ${unused.join(", ")}`);
  return jobs;
}
async function report({ json, pipeline }, { result, finished }, sink) {
  const records = finished.map(({ record: record2 }) => record2);
  summaryLines(result, records).forEach(sink);
  if (!json) return;
  const record = { pipeline, result, jobs: finished.map((job) => job.json) };
  await writeFile4(json, `${JSON.stringify(record, null, 2)}
`);
}

// local-agent/main.ts
var EXIT_CODES = {
  Succeeded: 0,
  SucceededWithIssues: 0,
  Canceled: 130
};
async function main() {
  const options = parseOptions(process.argv.slice(2));
  const write = lineWriter(process.stdout);
  if (options === "help") {
    write(USAGE);
    return 0;
  }
  const cancel = onCancelSignals(write);
  try {
    const result = await runPipeline(options, write, cancel.signal);
    return EXIT_CODES[result] ?? 1;
  } finally {
    cancel.stop();
  }
}
function explain(error) {
  if (error instanceof InvalidInputError) return error.message;
  if (error instanceof UsageError)
    return `local agent: ${error.message} (--help shows the options)`;
  throw error;
}
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}
`);
  process.exitCode = 2;
}
process.stdout.write("", () => process.exit());
