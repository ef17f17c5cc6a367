// Sends a byte, waits for its echo, sends the next: node ping-pong.mjs <endpoint> <count>
import http2 from "node:http2";
const [, , endpoint, count] = process.argv;
const session = http2.connect(endpoint);
const stream = session.request({ ":method": "POST", ":path": "/" }, { endStream: false });
let head = false;
let answers = 0;
stream.on("response", () => {
  head = true;
  stream.write("x");
});
stream.on("data", () => (++answers < Number(count) ? stream.write("x") : stream.end()));
stream.on("end", () => {
  process.stdout.write(`${head ? "head" : "no head"} then ${answers} answers, ended`);
  session.close();
});
setTimeout(() => process.exit(1), 20000).unref();
