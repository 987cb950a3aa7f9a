"""Client for Postroom. See README.md beside this package."""

from . import _generated
from ._client import Client
from ._errors import PostroomError
from ._generated import *  # noqa: F401,F403
from ._runtime import Stream

__all__ = ["Client", "PostroomError", "Stream", *_generated.__all__]
