"""Ordinary clients whose answers are timed, clients that go away, and clients that are hostile. Each checks the server's answers, and
waits a second if it was refused.

Usage: clients.py PORT SECONDS TIMED DISCONNECTING HOSTILE
Prints counts per kind of request and status. Exits with 1 if an answer is wrong.
"""
import base64
import collections
import json
import random
import socket
import sys
import threading
import time

import pictures

BOUNDARY = "load-boundary"
PHOTO, PAINTING = pictures.png(160, 120, 1), pictures.png(128, 128, 2)
# Announces 30000x30000 pixels in a small file.
BOMB = pictures.png(30000, 30000, 3, rows=1)
DOT = pictures.png(1, 1, 4)
ANSWER_SECONDS = 120

counts = collections.Counter()
# Seconds until the whole answer, of answers with status 200, per kind of request.
times = collections.defaultdict(list)
wrong = []
lock = threading.Lock()
last = threading.local()


def note(kind, status, problem=None, start=None):
    last.status = status
    with lock:
        if status == 200 and start is not None:
            times[kind].append(time.time() - start)
        counts[(kind, str(status))] += 1
        if problem:
            wrong.append(f"{kind}: {problem}")


def head(length, extra=""):
    return (f"POST /stylize HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {length}\r\nConnection: close\r\n{extra}\r\n").encode()


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)


def answer(connection):
    """Reads an answer to its end: the status, the headers and the body."""
    data = b""
    try:
        while part := connection.recv(1 << 16):
            data += part
    except ConnectionResetError:
        pass
    if not data:
        return 0, "", b""
    top, _, body = data.partition(b"\r\n\r\n")
    headers = top.decode("latin1").lower()
    if "transfer-encoding: chunked" in headers:
        body = unchunked(body)
    return int(top.split()[1]), headers, body


def unchunked(data):
    body = b""
    while data:
        line, _, data = data.partition(b"\r\n")
        length = int(line or b"0", 16)
        if length == 0:
            return body
        body, data = body + data[:length], data[length + 2:]
    return body


def check(kind, connection, allowed, start, shape=None):
    status, headers, body = answer(connection)
    problem = None
    if status not in allowed:
        problem = f"status {status}, expected {allowed}: {body[:200]!r}"
    elif status == 200 and shape:
        try:
            found = pictures.size(body)
            problem = None if found == shape else f"{found} pixels, expected {shape}"
        except ValueError as error:
            problem = str(error)
    elif status >= 400 and "application/problem+json" not in headers:
        problem = f"status {status} without problem details"
    note(kind, status, problem, start)


def send(port, kind, body, allowed, shape=None, extra=""):
    start = time.time()
    with connect(port) as connection:
        try:
            connection.sendall(head(len(body), extra) + body)
        except (BrokenPipeError, ConnectionResetError):
            # The server has answered before the body was sent.
            pass
        check(kind, connection, allowed, start, shape)


def timed(port, stop, chooser):
    files = [("content", "a.png", PHOTO), ("style", "b.png", PAINTING)]
    send(port, "timed", pictures.form(BOUNDARY, files, []), (200, 503), (160, 120))


def disconnecting(port, stop, chooser):
    body = pictures.form(BOUNDARY, [("content", "a.png", PHOTO), ("style", "b.png", PAINTING)], [])
    accept = chooser.choice(["", "Accept: text/event-stream\r\n"])
    with connect(port) as connection:
        part = len(body) if chooser.random() < 0.8 else chooser.randrange(len(body))
        connection.sendall(head(len(body), accept) + body[:part])
        time.sleep(chooser.random() * 3)
    note("disconnecting", "-")


def slow(port, stop, chooser):
    with connect(port) as connection:
        connection.sendall(head(1_000_000))
        connection.settimeout(0.2)
        data = b""
        end = time.time() + 60
        while time.time() < end and not data:
            try:
                connection.sendall(b"x")
                data = connection.recv(1 << 16)
            except socket.timeout:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break
        status = int(data.split()[1]) if data else 0
        # The queue or the number of uploads may have been full at the start.
        note("slow body", status, None if status in (408, 503) else f"status {status}, expected 408")


def events(port, stop, chooser):
    body = pictures.form(BOUNDARY, [("content", "a.png", PHOTO), ("style", "b.png", PAINTING)], [("previews", "true")])
    start = time.time()
    with connect(port) as connection:
        connection.sendall(head(len(body), "Accept: text/event-stream\r\n") + body)
        status, _, text = answer(connection)
    problem = None
    if status == 200:
        kinds = [line[7:] for line in text.decode().split("\n") if line.startswith("event: ")]
        last = json.loads(text.decode().rstrip().split("data: ")[-1])
        if kinds[0] != "queued" or kinds[-1] != "result" or "progress" not in kinds or "level" not in kinds:
            problem = f"events {kinds}"
        elif pictures.size(base64.b64decode(last["data"])) != (160, 120):
            problem = "the result has another size"
    elif status != 503:
        problem = f"status {status}"
    note("events", status, problem, start)


def options(port, stop, chooser):
    start = time.time()
    with connect(port) as connection:
        connection.sendall(b"GET /stylize/options HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        status, _, text = answer(connection)
    problem = None if status == 200 and "levels" in json.loads(text) else f"status {status}"
    note("options", status, problem, start)


def hostile(port, stop, chooser):
    files = lambda content: [("content", "a.png", content), ("style", "b.png", PAINTING)]
    kind = chooser.randrange(10)
    if kind == 0:
        slow(port, stop, chooser)
    elif kind == 1:
        send(port, "wrong type", pictures.form(BOUNDARY, files(b"<html>no picture</html>" * 20), []), (415, 503))
    elif kind == 2:
        send(port, "bomb", pictures.form(BOUNDARY, files(BOMB), []), (413, 503))
    elif kind == 3:
        send(port, "1-pixel", pictures.form(BOUNDARY, files(DOT), []), (200, 503), (1, 1))
    elif kind == 4:
        cut = PHOTO[:chooser.randrange(60, len(PHOTO) - 20)]
        send(port, "truncated file", pictures.form(BOUNDARY, files(cut), []), (400, 503))
    elif kind == 5:
        body = pictures.form(BOUNDARY, files(PHOTO), [])
        with connect(port) as connection:
            connection.sendall(head(len(body)) + body[:-300])
            connection.shutdown(socket.SHUT_WR)
            status, _, _ = answer(connection)
        note("truncated body", status, None if status in (0, 400, 503) else f"status {status}")
    elif kind == 6:
        send(port, "too many bytes", b"x" * 21_000_000, (0, 413, 503))
    elif kind == 7:
        field = chooser.choice([("strength", "9"), ("recipe", "{"), ("passes", "1e9"), ("levels", "9"), ("nonsense", "1")])
        send(port, "wrong setting", pictures.form(BOUNDARY, files(PHOTO), [field]), (400, 503))
    elif kind == 8:
        options(port, stop, chooser)
    else:
        events(port, stop, chooser)


def run(client, port, end, seed):
    chooser = random.Random(seed)
    while time.time() < end:
        try:
            client(port, end, chooser)
        except Exception as error:  # A client that fails must not look like one that found nothing wrong.
            note(client.__name__, "error", f"{type(error).__name__}: {error}")
        time.sleep(1 if last.status == 503 else 0.05)


def main():
    port, seconds, ordinary, leaving, bad = (int(argument) for argument in sys.argv[1:])
    end = time.time() + seconds
    clients = [timed] * ordinary + [disconnecting] * leaving + [hostile] * bad
    threads = [threading.Thread(target=run, args=(client, port, end, seed)) for seed, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for (kind, status), count in sorted(counts.items()):
        print(f"  {kind:16} {status:>5} {count:7}")
    for kind, seconds in sorted(times.items()):
        seconds.sort()
        p50, p95, p99 = (1000 * seconds[int(share * (len(seconds) - 1))] for share in (0.5, 0.95, 0.99))
        print(f"  latency of {kind}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, {len(seconds)} answers")
    for problem in wrong[:20]:
        print(f"WRONG {problem}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
