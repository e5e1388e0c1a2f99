"""The way in, the way out and the switch for new content: lanes, built while they are open."""

from infra.transfer.transfer import Transfer, described_buckets

__all__ = ["Transfer", "described_buckets"]
