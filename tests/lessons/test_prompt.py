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
