// Sends a request and leaves before its answer: node leave.mjs <endpoint> reset|close
import http2 from "node:http2";
const [, , endpoint, how] = process.argv;
const session = http2.connect(endpoint);
session.on("error", () => {});
const stream = session.request({ ":path": "/" });
stream.on("error", () => {});
setTimeout(() => {
  if (how === "reset") stream.close(http2.constants.NGHTTP2_CANCEL);
  else session.destroy();
  setTimeout(() => process.stdout.write("left", () => process.exit(0)), 200);
}, 300);
