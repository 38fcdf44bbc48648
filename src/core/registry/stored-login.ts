import * as v from 'valibot';

/** What a docker config.json knows of one registry. */
export type StoredLogin =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** A program or an identity token: buildx asks it. */
  | { readonly kind: 'program' }
  | { readonly kind: 'none' };

const entry = v.object({
  auth: v.optional(v.string()),
  username: v.optional(v.string()),
  password: v.optional(v.string()),
  identitytoken: v.optional(v.string()),
  registrytoken: v.optional(v.string()),
});

const config = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    auths: v.optional(v.record(v.string(), entry), {}),
    credHelpers: v.optional(v.record(v.string(), v.string()), {}),
    credsStore: v.optional(v.string(), ''),
  }),
);

/** @param key as config.json calls the registry: its host, or Docker Hub's v1 address */
export function storedLogin(configText: string | undefined, key: string): StoredLogin {
  const result = v.safeParse(config, configText ?? '{}');
  if (!result.success) return { kind: 'none' };
  const { auths, credHelpers, credsStore } = result.output;
  if ((credHelpers[key] ?? credsStore) !== '') return { kind: 'program' };
  const found = auths[key] ?? auths[`https://${key}`];
  return found === undefined ? { kind: 'none' } : loginOf(found);
}

function loginOf(found: v.InferOutput<typeof entry>): StoredLogin {
  if (found.identitytoken ?? found.registrytoken) return { kind: 'program' };
  const [username = '', ...rest] = Buffer.from(found.auth ?? '', 'base64')
    .toString()
    .split(':');
  const login = {
    username: found.username ?? username,
    password: found.password ?? rest.join(':'),
  };
  return login.username === '' ? { kind: 'none' } : { kind: 'basic', ...login };
}
