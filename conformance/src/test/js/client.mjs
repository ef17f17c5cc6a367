// The JavaScript SDK, driven by the conformance suite: one JSON request per line in, one JSON answer per line out.
import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const LARGE = 65536;
const clients = new Map();

async function sdk(service) {
  if (!clients.has(service)) {
    const module = await import(`@aws-sdk/client-${service}`);
    const name = Object.keys(module).find((key) => key.endsWith("Client") && key !== "__Client");
    clients.set(service, { module, client: new module[name]({}) });
  }
  return clients.get(service);
}

/** Blobs arrive as {"$text": …} or {"$file": path}, for JSON has none; a stream of events as {"$events": […]}. */
function given(value) {
  if (Array.isArray(value)) return value.map(given);
  if (value === null || typeof value !== "object") return value;
  if ("$text" in value) return Buffer.from(value.$text);
  if ("$events" in value) return oneByOne(value.$events);
  if ("$file" in value) return readFileSync(value.$file);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, given(member)]));
}

async function* oneByOne(events) {
  for (const event of events) yield given(event);
}

async function shown(value) {
  if (value?.transformToByteArray) value = await value.transformToByteArray();
  if (value instanceof Uint8Array) {
    if (value.length > LARGE) return { length: value.length, sha256: createHash("sha256").update(value).digest("hex") };
    return Buffer.from(value).toString();
  }
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return Promise.all(value.map(shown));
  if (value === null || typeof value !== "object") return value;
  const members = {};
  for (const [name, member] of Object.entries(value)) if (name !== "$metadata") members[name] = await shown(member);
  return members;
}

async function command({ service, operation, input }) {
  const { module, client } = await sdk(service);
  return [client, new module[`${operation}Command`](given(input))];
}

const verbs = {
  async call(request) {
    const [client, command_] = await command(request);
    const response = await client.send(command_);
    const { httpStatusCode, attempts } = response.$metadata;
    return { output: await shown(response), status: httpStatusCode, attempts };
  },

  async stream(request) {
    const [client, command_] = await command(request);
    const leaving = new AbortController();
    const response = await client.send(command_, { abortSignal: leaving.signal });
    const [name, source] = Object.entries(response).find(([, member]) => member?.[Symbol.asyncIterator]);
    const events = [];
    for await (const event of source) {
      events.push(await shown(event));
      if (events.length === request.leaveAfter) {
        leaving.abort();
        break;
      }
    }
    delete response[name];
    return { output: await shown(response), events };
  },

  async pages(request) {
    const { module, client } = await sdk(request.service);
    const output = [];
    for await (const page of module[`paginate${request.operation}`]({ client }, request.input)) output.push(await shown(page));
    return { output };
  },

  async upload({ bucket, key, file }) {
    const { Upload } = await import("@aws-sdk/lib-storage");
    const { client } = await sdk("s3");
    const params = { Bucket: bucket, Key: key, Body: createReadStream(file) };
    await new Upload({ client, params, partSize: 5 * 1024 * 1024 }).done();
    return { output: {} };
  },

  async presign(request) {
    const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
    const { module } = await sdk("s3");
    const [, command_] = await command({ service: "s3", ...request });
    // By default the SDK signs the checksum of an empty body into a URL to put an object with.
    const client = new module.S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" });
    return { output: { url: await getSignedUrl(client, command_) } };
  },
};

async function answer(request) {
  try {
    return await verbs[request.verb](request);
  } catch (e) {
    const meta = e.$metadata ?? {};
    const typed = e.constructor?.name === e.name;
    return {
      error: { code: e.name, message: e.message, typed, status: meta.httpStatusCode ?? 0 },
      attempts: meta.attempts ?? 1,
    };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + "\n");
}
process.exit(0);
