"""A kernel whose answers reach JupyterLab in time for a picture that keeps up with a hand.

Jupyter's server leaves Nagle's algorithm on: it holds a message back until the browser has
acknowledged the one before, and a browser takes up to 40 ms to do so. A change of a control is
answered in several messages, so that the picture comes by so much later.

At the first of them, "busy", JupyterLab draws the kernel's signs on the page anew, and the picture
waits for that. A sign that goes on and off within a blink tells nobody anything.
"""

import asyncio
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

BLINK = 0.15
"""Seconds for which a control may keep the kernel busy before the page says so."""


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The server's own connection, which does not wait, and is silent on work that is soon done."""

    _busy: asyncio.TimerHandle | None = None

    def connect(self) -> Any:
        """Open the connection."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    def disconnect(self) -> None:
        """Close the connection."""
        self._forget()
        super().disconnect()

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass a message on to the page, "busy" for a control only once it has lasted."""
        send = super().handle_outgoing_message
        state, cause = self._status(stream, outgoing_msg)
        if state:
            self._forget()
        if (state, cause) == ("busy", "comm_msg"):
            self._busy = asyncio.get_running_loop().call_later(BLINK, send, stream, outgoing_msg)
        else:
            send(stream, outgoing_msg)

    def _status(self, stream: Any, message: list[Any]) -> tuple[str, str]:
        """Return the state of the kernel that a message tells, and the kind of its cause."""
        if getattr(stream, "channel", stream) != "iopub":
            return "", ""
        _, (_, header, parent, _, content, *_) = self.session.feed_identities(message)
        if self.session.unpack(header).get("msg_type") != "status":
            return "", ""
        cause = self.session.unpack(parent).get("msg_type", "")
        return self.session.unpack(content)["execution_state"], cause

    def _forget(self) -> None:
        if self._busy is not None:
            self._busy.cancel()
            self._busy = None
