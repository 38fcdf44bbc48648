/** One call of the tab's. */
export interface Call {
  readonly instanceId: string;
  readonly methodName: string;
  readonly params: readonly unknown[];
}

interface Message {
  readonly id: number;
  readonly instanceId?: string;
  readonly methodName?: string;
  readonly params?: readonly unknown[] | null;
  readonly handshakeToken?: string;
}

type Method = (...params: unknown[]) => unknown;
type Methods = Readonly<Record<string, Method>>;
type Functions = Map<string, Method>;
type Objects = Readonly<Record<string, object>>;

export interface Channel {
  /** Calls a method of an object of the tab's. */
  call(instanceId: string, methodName: string, params: readonly unknown[]): void;
}

const functionsId = '__proxyFunctions';

/**
 * The host's end of the SDK's protocol, written by what XDM.js of azure-devops-extension-sdk 5 sends and takes: JSON in
 * messages; functions travel as numbers by which the other end calls them; every answer carries the token of its call.
 */
export function openChannel(
  frame: HTMLIFrameElement,
  objects: Objects,
  onCall: (call: Call) => void,
): Channel {
  const functions: Functions = new Map();
  let lastId = 0;
  const send = (message: object): void => {
    frame.contentWindow?.postMessage(JSON.stringify(message), '*');
  };
  const call: Channel['call'] = (instanceId, methodName, params) => {
    lastId += 1;
    send({ id: lastId, instanceId, methodName, params: packed(params, functions) });
  };
  const take = ({ id, instanceId, methodName = '', handshakeToken, ...message }: Message): void => {
    // What names no object is the answer to a call of ours.
    if (instanceId === undefined) return;
    const params = unpacked(message.params ?? [], call) as unknown[];
    if (instanceId !== functionsId) onCall({ instanceId, methodName, params });
    const methods =
      instanceId === functionsId ? Object.fromEntries(functions) : objects[instanceId];
    const method = (methods as Methods | undefined)?.[methodName];
    send({ id, ...answerOf(method, methodName, params, functions), handshakeToken });
  };
  window.addEventListener('message', ({ source, data }) => {
    if (source === frame.contentWindow) take(JSON.parse(String(data)) as Message);
  });
  return { call };
}

function answerOf(
  method: Method | undefined,
  name: string,
  params: readonly unknown[],
  functions: Functions,
) {
  return method === undefined
    ? { error: { message: `RPC method not found: ${name}` } }
    : { result: packed(method(...params), functions) };
}

/** Functions become numbers. */
function packed(value: unknown, functions: Functions): unknown {
  if (typeof value === 'function') {
    const number = functions.size + 1;
    functions.set(`proxy${number}`, value as Method);
    return { __proxyFunctionId: number, _channelId: 1 };
  }
  return mapped(value, (one) => packed(one, functions));
}

/** Numbers become functions that call the other end. */
function unpacked(value: unknown, call: Channel['call']): unknown {
  const { __proxyFunctionId: number } = Object(value) as { __proxyFunctionId?: number };
  if (number !== undefined) {
    return (...params: unknown[]) => {
      call(functionsId, `proxy${number}`, params);
    };
  }
  return mapped(value, (one) => unpacked(one, call));
}

function mapped(value: unknown, change: (one: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)]));
}
