"""Settings for all tests."""

import os

from hypothesis import settings

# A slow machine is no failing law. CI tries the same examples each time, so that what it says of a change is about the
# change; a run at the desk explores new ones.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
