// Serves local-aws-sqs on a free port of the loopback address: local_aws_sqs.mjs [CERTIFICATE KEY].
// Prints one JSON line with its URL when it accepts connections, and ends when its stdin does.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const require = createRequire(`${process.env.INTEROP_NODE_PACKAGES}/`);
const { createRequestHandler } = require("local-aws-sqs");
const [certificate, key] = process.argv.slice(2);
const { service, requestHandler } = createRequestHandler({
  port: 0,
  hostname: "127.0.0.1",
  region: "eu-west-1",
  accountId: "123456789012",
});

async function answer(request, response) {
  try {
    await requestHandler(request, response);
  } catch {
    // The handler throws on a JSON request without X-Amz-Target, which would end the process.
    if (!response.headersSent) response.writeHead(400, { "content-type": "text/plain" });
    response.end("bad request");
  }
}

const server = certificate
  ? https.createServer(
      { cert: readFileSync(certificate), key: readFileSync(key), ALPNProtocols: ["http/1.1"] },
      answer,
    )
  : http.createServer(answer);
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  service.PORT = port; // part of the queue URLs that it hands out
  const scheme = certificate ? "https" : "http";
  console.log(JSON.stringify({ url: `${scheme}://127.0.0.1:${port}` }));
});
process.stdin.on("end", () => process.exit(0)).resume();
