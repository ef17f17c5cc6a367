// Prints the body of GET <target> over HTTP/2 with prior knowledge: node get.mjs <endpoint> <target>
import http2 from "node:http2";
const [, , endpoint, target] = process.argv;
const session = http2.connect(endpoint);
const stream = session.request({ ":path": target });
stream.on("data", (bytes) => process.stdout.write(bytes));
stream.on("end", () => session.close());
