// Opens many streams on one connection and counts equal answers: node many.mjs <endpoint> <count>
import http2 from "node:http2";
const [, , endpoint, count] = process.argv;
const session = http2.connect(endpoint);
const one = () =>
  new Promise((resolve, reject) => {
    const stream = session.request({ ":path": "/" });
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (part) => (text += part));
    stream.on("end", () => resolve(text));
    stream.on("error", reject);
  });
const answers = await Promise.all(Array.from({ length: Number(count) }, one));
const kinds = new Map();
for (const answer of answers) kinds.set(answer, (kinds.get(answer) ?? 0) + 1);
process.stdout.write([...kinds].map(([answer, n]) => `${n} of ${answer}`).join(", "));
session.close();
