"""Queues and running message-move tasks, set up with boto3 as any user would."""
import dataclasses
import itertools
import json
import time

_numbers = itertools.count(1)


@dataclasses.dataclass
class Queue:
    name: str
    url: str
    arn: str


@dataclasses.dataclass
class Task:
    queue: Queue
    destination: Queue
    handle: str


def make_queue(sqs, name, **attributes):
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    known = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return Queue(name, url, known["Attributes"]["QueueArn"])


def make_dead_letter_queue(sqs, prefix="orders", backlog=0):
    """A dead-letter queue of a name of its own, with the queue whose letters it takes."""
    name = f"{prefix}-{next(_numbers)}"
    letters = make_queue(sqs, f"{name}-dlq")
    policy = {"deadLetterTargetArn": letters.arn, "maxReceiveCount": 1}
    source = make_queue(sqs, name, RedrivePolicy=json.dumps(policy), VisibilityTimeout="1")
    send(sqs, letters, backlog)
    return letters, source


def send(sqs, queue, count):
    for start in range(0, count, 10):
        entries = [
            {"Id": str(i), "MessageBody": f"order {i}"} for i in range(start, min(start + 10, count))
        ]
        reply = sqs.send_message_batch(QueueUrl=queue.url, Entries=entries)
        assert not reply.get("Failed"), reply


def wait_until_waiting(sqs, queue, count):
    """A message that was taken may be counted a little later."""
    end = time.monotonic() + 20
    while (found := waiting(sqs, queue)) < count:
        assert time.monotonic() < end, f"only {found} of {count} messages in {queue.name}"
        time.sleep(0.05)


def start_task(sqs, prefix="orders", backlog=60, rate=1):
    """A task that runs for about BACKLOG / RATE seconds unless it is stopped."""
    letters, source = make_dead_letter_queue(sqs, prefix, backlog)
    wait_until_waiting(sqs, letters, backlog)
    reply = sqs.start_message_move_task(
        SourceArn=letters.arn, DestinationArn=source.arn, MaxNumberOfMessagesPerSecond=rate
    )
    return Task(letters, source, reply["TaskHandle"])


def tasks_of(sqs, queue):
    reply = sqs.list_message_move_tasks(SourceArn=queue.arn, MaxResults=10)
    return reply.get("Results", [])


def newest_status(sqs, queue):
    """Nothing when the service keeps no record of the queue's last task."""
    tasks = tasks_of(sqs, queue)
    return tasks[0]["Status"] if tasks else None


def wait_for_status(sqs, queue, *wanted, seconds=20):
    end = time.monotonic() + seconds
    while (status := newest_status(sqs, queue)) not in wanted:
        assert time.monotonic() < end, f"{queue.name}: {status} instead of {wanted}"
        time.sleep(0.1)
    return status


def dead_letter(sqs, letters, source, count):
    """Lets COUNT messages become dead letters in the way that the service itself does it."""
    send(sqs, source, count)
    end = time.monotonic() + 20
    while waiting(sqs, letters) < count:
        assert time.monotonic() < end, f"only {waiting(sqs, letters)} of {count} dead letters"
        sqs.receive_message(QueueUrl=source.url, MaxNumberOfMessages=10, VisibilityTimeout=1)
        time.sleep(0.2)


def waiting(sqs, queue):
    name = "ApproximateNumberOfMessages"
    reply = sqs.get_queue_attributes(QueueUrl=queue.url, AttributeNames=[name])
    return int(reply["Attributes"][name])
