"""Cancels one task with boto3, led to other places as by redrive's --connect-to.

usage: boto3_cancel.py HANDLE HOST:PORT:ADDR:PORT...
"""

import socket
import sys

handle, *rules = sys.argv[1:]
places = {}
for rule in rules:
    host, port, address, other_port = rule.split(":")
    places[host, int(port)] = address, int(other_port)
resolve = socket.getaddrinfo


def resolve_mapped(host, port, *more, **named):
    # Whatever has no rule is not there: no machine that really is may be asked.
    if (host, port) not in places:
        raise socket.gaierror(socket.EAI_NONAME, f"{host}:{port} has no rule")
    return resolve(*places[host, port], *more, **named)


socket.getaddrinfo = resolve_mapped

import boto3  # noqa: E402

boto3.client("sqs").cancel_message_move_task(TaskHandle=handle)
