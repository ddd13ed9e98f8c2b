"""A kernel whose answers JupyterLab passes on at once, for a picture that keeps up with a hand.

Jupyter's server leaves Nagle's algorithm on: it holds a message back until the browser has
acknowledged the one before, and a browser takes up to 40 ms to do so. A change of a control is
answered in several messages, so that the picture comes by so much later.
"""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The server's own connection, on a socket that does not wait for acknowledgements."""

    def connect(self) -> Any:
        """Open the connection."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
