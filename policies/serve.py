"""Serves an analyzer to the engine on the loopback interface, and goes when the engine goes."""

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime.proto import analyzer_pb2_grpc

from policies.crossguard import Analyzer

_LARGEST_MESSAGE = 400 * 1024 * 1024
_LOOKS_EVERY = 2.0
_GRACE = 1.0


def serve(analyzer: Analyzer) -> None:
    """Prints the port, which is how the engine finds it, and returns when it is no longer needed.

    The engine stops a pack that it has started. If it is killed itself, nobody does: so the parent is watched too.
    """
    started_by = os.getppid()
    # An interrupt ends it like anything else would: its traceback would land in the user's output.
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    server = grpc.server(
        ThreadPoolExecutor(max_workers=4), options=[("grpc.max_receive_message_length", _LARGEST_MESSAGE)]
    )
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(analyzer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    try:
        while os.getppid() == started_by and not analyzer.cancelled.wait(_LOOKS_EVERY):
            pass
    finally:
        # Calls under way, the cancelling one among them, get their answers.
        server.stop(_GRACE).wait()
