"""Drives message-db-py: a question a line, answered with a rate in messages a second."""

import json
import sys
import time

from message_db.client import MessageDB
from message_db.connection import ConnectionPool

DATA, METADATA, TYPE = json.loads(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]

# Where to, the environment says: PGHOST, PGPORT, PGOPTIONS.
client = MessageDB(connection_pool=ConnectionPool(""))


def write(stream, messages, millis):
    batch = [(TYPE, DATA, METADATA)] * messages
    written, began = 0, time.perf_counter()
    while time.perf_counter() - began < millis / 1000:
        client.write_batch(stream, batch)
        written += messages
    return written / (time.perf_counter() - began)


def read(category, messages):
    position, seen, began = 0, 0, None
    while seen < messages:
        page = client.read_category(category, position, 1000)
        if not page:
            raise SystemExit(f"Only {seen} messages in {category}")
        position = page[-1]["global_position"] + 1
        seen += len(page)
        if began is None and seen >= messages // 10:
            began, first = time.perf_counter(), seen
    return (seen - first) / (time.perf_counter() - began) if seen > first else 0.0


for line in sys.stdin:
    what, name, *numbers = line.split()
    answer = {"write": write, "read": read}[what](name, *map(int, numbers))
    print(answer, flush=True)
