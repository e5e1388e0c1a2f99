"""A reply that never comes, on order: the services have done their work, and whoever asked doesn't hear of it."""


class LostReplyError(ConnectionError):
    """The services did their work and the answer never came."""
