"""Property tests have no deadline: a slow machine is no failure."""

from hypothesis import settings

settings.register_profile("stateside", deadline=None)
settings.load_profile("stateside")
