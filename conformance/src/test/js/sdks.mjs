// The SDKs of OpenAI and Anthropic, driven by the conformance suite: one JSON request per line in, one JSON answer per line out.
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { createInterface } from "node:readline";

const clients = { openai: new OpenAI({ maxRetries: 0 }), anthropic: new Anthropic({ maxRetries: 0 }) };

/** The methods of both languages differ by the way that names are written. */
function method(sdk, name) {
  const parts = name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()).split(".");
  let found = clients[sdk];
  for (const part of parts.slice(0, -1)) found = found[part];
  return (...given) => found[parts.at(-1)](...given);
}

const verbs = {
  async call({ sdk, name, path, input }) {
    const answer = await method(sdk, name)(...path, ...(Object.keys(input).length ? [input] : []));
    if (!answer?.iterPages) return { output: answer };
    const output = [];
    for await (const item of answer) output.push(item);
    return { output };
  },

  async stream({ sdk, name, path, input }) {
    const events = [];
    for await (const event of await method(sdk, name)(...path, { ...input, stream: true })) events.push(event);
    return { events };
  },

  /** The SDK's own helper puts the pieces of a stream together. */
  async collect({ sdk, name, path, input }) {
    const ends = { messages: "finalMessage", responses: "finalResponse" };
    const pieces = method(sdk, `${name}.stream`)(...path, input);
    return { output: await pieces[ends[name] ?? "finalChatCompletion"]() };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await verbs[request.verb](request);
  } catch (e) {
    const typed = e instanceof OpenAI.APIError || e instanceof Anthropic.APIError;
    answer = { error: { code: e.constructor.name, message: String(e.message), typed, status: e.status ?? 0 } };
  }
  console.log(JSON.stringify(answer));
}
