import asyncio
import importlib.util
import socket

import pytest

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("jupyter_server") is None,
    reason="JupyterLab is an extra that is not installed here",
)


def waits_for_acknowledgements(monkeypatch, *, prompt):
    """Open a socket of a server with a connection of a kernel on it; ask how it sends."""
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
    from tornado.httpserver import HTTPServer
    from tornado.testing import bind_unused_port
    from tornado.web import Application
    from tornado.websocket import WebSocketHandler, websocket_connect
    from traitlets import Any

    from ssmkit.lessons.prompt import PromptConnection

    kind = PromptConnection if prompt else ZMQChannelsWebsocketConnection
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda _: "connected")
    found = []

    class Connection(kind):
        websocket_handler = Any()

    class Handler(WebSocketHandler):
        def open(self):
            found.append(Connection(websocket_handler=self).connect())
            sender = self.ws_connection.stream.socket
            found.append(sender.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            self.write_message("opened")

    async def run():
        listening, port = bind_unused_port()
        server = HTTPServer(Application([("/", Handler)]))
        server.add_sockets([listening])
        client = await websocket_connect(f"ws://127.0.0.1:{port}/")
        await client.read_message()
        client.close()
        server.stop()

    asyncio.run(run())
    connected, at_once = found
    assert connected == "connected"
    return not at_once


def test_the_socket_sends_each_message_at_once(monkeypatch):
    assert not waits_for_acknowledgements(monkeypatch, prompt=True)


def test_that_of_the_server_waits(monkeypatch):
    assert waits_for_acknowledgements(monkeypatch, prompt=False)


def told(monkeypatch, *sent, then=0.0, close=False):
    """Send messages of a kernel over a connection; return those that the page is told."""
    from jupyter_client.session import Session
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
    from traitlets import Any

    from ssmkit.lessons.prompt import PromptConnection

    found, session = [], Session(key=b"")

    class Connection(PromptConnection):
        session = Any()

    def hear(_, stream, message):
        parts = session.deserialize(session.feed_identities(message)[1])
        found.append(parts["content"].get("execution_state", parts["msg_type"]))

    def write(channel, kind, cause):
        known = kind in {"busy", "idle"}
        name, content = ("status", {"execution_state": kind}) if known else (kind, {})
        message = session.msg(name, content, parent=session.msg(cause))
        return channel, session.serialize(message, b"topic")

    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "handle_outgoing_message", hear)
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "disconnect", lambda _: None)

    async def run():
        connection = Connection(session=session)
        for message in sent:
            connection.handle_outgoing_message(*write(*message))
        if close:
            connection.disconnect()
        await asyncio.sleep(then)

    asyncio.run(run())
    return found


BUSY = ("iopub", "busy", "comm_msg")
PICTURE = ("iopub", "comm_msg", "comm_msg")
IDLE = ("iopub", "idle", "comm_msg")
LATER = 0.5
"""Seconds, longer than a blink."""


def test_a_control_that_is_soon_done_is_not_called_work(monkeypatch):
    assert told(monkeypatch, BUSY, PICTURE, IDLE, then=LATER) == ["comm_msg", "idle"]
    assert told(monkeypatch, *2 * (BUSY, IDLE), then=LATER) == ["idle", "idle"]


def test_one_that_takes_long_is(monkeypatch):
    assert told(monkeypatch, BUSY) == []
    assert told(monkeypatch, BUSY, PICTURE, then=LATER) == ["comm_msg", "busy"]


def test_a_cell_is_work_at_once(monkeypatch):
    cell = ("iopub", "busy", "execute_request")
    assert told(monkeypatch, cell) == ["busy"]
    assert told(monkeypatch, BUSY, cell, then=LATER) == ["busy"]


def test_what_is_no_status_passes(monkeypatch):
    reply = ("shell", "execute_reply", "execute_request")
    assert told(monkeypatch, reply, PICTURE) == ["execute_reply", "comm_msg"]


def test_a_closed_connection_is_told_nothing(monkeypatch):
    assert told(monkeypatch, BUSY, close=True, then=LATER) == []
