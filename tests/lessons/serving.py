"""Start a command that serves lessons, open the address it prints, and stop it again.

``.ci/run`` runs it as a script on the README's own command line; the tests use ``open_page``.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections import deque

ADDRESS = re.compile(r"http://\S+/lab/tree/\S+")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_page(command, *, seconds, cwd=None):
    """Run a shell command line; return (address, page, all that was printed)."""
    command = f"{command} --no-browser --port {free_port()}"
    process = subprocess.Popen(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=cwd,
        start_new_session=True,
    )
    timer = threading.Timer(seconds, stop, [process])
    timer.start()
    lines = deque()
    try:
        for line in process.stdout:
            lines.append(line)
            if found := ADDRESS.search(line):
                with urllib.request.urlopen(found.group(), timeout=60) as answer:
                    return found.group(), answer.read().decode(), "".join(lines)
        message = f"no address was printed within {seconds} s:\n{''.join(lines)}"
        raise AssertionError(message)
    finally:
        timer.cancel()
        stop(process)
        process.stdout.close()
        process.wait(timeout=60)


def stop(process):
    """Stop the shell and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)


if __name__ == "__main__":
    address, page, printed = open_page(sys.argv[1], seconds=900)
    sys.stdout.write(f"{printed[-2000:]}\n{len(page)} characters from {address.split('?')[0]}\n")
    sys.exit("<title>JupyterLab</title>" not in page)
