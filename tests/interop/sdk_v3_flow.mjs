// One redrive from its dead letters to its end with the AWS SDK for JavaScript v3, which finds keys,
// region and endpoint as it always does. Prints what it saw as JSON, for a test to judge.
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";

const require = createRequire(`${process.env.INTEROP_NODE_PACKAGES}/`);
const { SQS, paginateListQueues, paginateListDeadLetterSourceQueues } =
  require("@aws-sdk/client-sqs");
const { STS } = require("@aws-sdk/client-sts");

const sqs = new SQS({});

async function makeQueue(QueueName, Attributes) {
  const { QueueUrl } = await sqs.createQueue({ QueueName, Attributes });
  const known = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn"] });
  return { url: QueueUrl, arn: known.Attributes.QueueArn };
}

async function waiting(queue) {
  const name = "ApproximateNumberOfMessages";
  const reply = await sqs.getQueueAttributes({ QueueUrl: queue.url, AttributeNames: [name] });
  return Number(reply.Attributes[name]);
}

async function deadLetter(letters, source, count) {
  const Entries = Array.from({ length: count }, (_, i) => ({ Id: `${i}`, MessageBody: `m${i}` }));
  // The SDK compares the digests of the bodies that it sent.
  await sqs.sendMessageBatch({ QueueUrl: source.url, Entries });
  for (let turn = 0; turn < 100 && (await waiting(letters)) < count; ++turn) {
    await sqs.receiveMessage({
      QueueUrl: source.url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 1,
    });
    await pause(200);
  }
}

async function refusal(call) {
  try {
    await call();
  } catch (error) {
    return {
      name: error.name,
      message: error.message,
      status: error.$metadata?.httpStatusCode,
      type: error.$fault,
      has_request_id: Boolean(error.$metadata?.requestId),
    };
  }
  return null;
}

async function pages(paginator, key) {
  const found = [];
  for await (const page of paginator) found.push(page[key] ?? []);
  return found;
}

const letters = await makeQueue("sdk-dlq");
const policy = JSON.stringify({ deadLetterTargetArn: letters.arn, maxReceiveCount: 1 });
const source = await makeQueue("sdk", { VisibilityTimeout: "1" });
await sqs.setQueueAttributes({ QueueUrl: source.url, Attributes: { RedrivePolicy: policy } });
await deadLetter(letters, source, 10);
const dead = await waiting(letters);

const newest = async () => (await sqs.listMessageMoveTasks({ SourceArn: letters.arn })).Results[0];
const started = await sqs.startMessageMoveTask({
  SourceArn: letters.arn,
  MaxNumberOfMessagesPerSecond: 1,
});
const running = await newest();
const second = await refusal(() => sqs.startMessageMoveTask({ SourceArn: letters.arn }));
const cancelled = await sqs.cancelMessageMoveTask({ TaskHandle: started.TaskHandle });
const again = await refusal(() => sqs.cancelMessageMoveTask({ TaskHandle: started.TaskHandle }));
const statuses = [];
for (let turn = 0; turn < 100 && statuses.at(-1) !== "CANCELLED"; ++turn) {
  const { Status } = await newest();
  if (statuses.at(-1) !== Status) statuses.push(Status);
  await pause(100);
}
const stopped = await newest();

for (let i = 0; i < 5; ++i) await makeQueue(`sdk-page-${i}`);
const wrong = new SQS({
  credentials: { accessKeyId: process.env.INTEROP_ACCESS_KEY, secretAccessKey: "wrong" },
});
const result = {
  dead,
  started,
  running,
  second,
  cancelled,
  again,
  statuses,
  stopped,
  left: await waiting(letters),
  junk: await refusal(() => sqs.cancelMessageMoveTask({ TaskHandle: "foobared" })),
  nowhere: await refusal(() => sqs.listMessageMoveTasks({ SourceArn: `${letters.arn}-nowhere` })),
  missing_queue: await refusal(() => sqs.getQueueUrl({ QueueName: "sdk-nowhere" })),
  wrong_secret: await refusal(() => wrong.listQueues({})),
  pages: await pages(
    paginateListQueues({ client: sqs, pageSize: 2 }, { QueueNamePrefix: "sdk-page-" }),
    "QueueUrls",
  ),
  sources: await pages(
    paginateListDeadLetterSourceQueues({ client: sqs }, { QueueUrl: letters.url }),
    "queueUrls",
  ),
  source_url: source.url,
  identity: await new STS({}).getCallerIdentity({}),
};
console.log(JSON.stringify(result));
