"""Client for Postroom. See README.md beside this package."""

from . import _generated
from ._async_client import AsyncClient
from ._async_runtime import AsyncExchange, AsyncStream
from ._client import Client
from ._connection import Cancel
from ._errors import PostroomError
from ._generated import *  # noqa: F401,F403
from ._runtime import Exchange, Stream

__all__ = [
    "AsyncClient", "AsyncExchange", "AsyncStream", "Cancel", "Client", "Exchange", "PostroomError", "Stream", *_generated.__all__,
]
