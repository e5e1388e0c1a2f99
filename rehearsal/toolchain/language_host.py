"""A small `pulumi-language-python`, for machines without the official one.

It prints a port and serves the engine's `LanguageRuntime` protocol there, on loopback. A program or a policy pack runs
in a process of its own, under the virtual environment that its project names. It answers what the engine asks on
preview, up, destroy and policy runs, and writes the code of what is imported; other code generation and project
templates stay the official host's.
Source of the protocol: pulumi/pulumi, proto/pulumi/language.proto.
"""

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import IO, Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from rehearsal.toolchain.imports import DefinitionError, parse_definitions, python_code
from rehearsal.toolchain.processes import dying_with_parent

_UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
_SECONDS_BETWEEN_LOOKS_AT_PARENT = 0.5
_CHUNK = 65536


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Runs Python programs and policy packs for one engine."""

    def __init__(self, engine_address: str) -> None:
        self._engine_address = engine_address

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._engine_address = request.engine_address or self._engine_address
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin_pb2.PluginInfo(version=metadata.version("pulumi"))

    def GetRequiredPackages(self, request: Any, context: grpc.ServicerContext) -> Any:
        # None: the one provider of a rehearsal is attached to, not installed.
        return language_pb2.GetRequiredPackagesResponse()

    def GetRequiredPlugins(self, request: Any, context: grpc.ServicerContext) -> Any:
        return language_pb2.GetRequiredPluginsResponse()

    def RuntimeOptionsPrompts(self, request: Any, context: grpc.ServicerContext) -> Any:
        return language_pb2.RuntimeOptionsResponse()

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        return empty_pb2.Empty()

    def About(self, request: Any, context: grpc.ServicerContext) -> Any:
        return language_pb2.AboutResponse(executable=sys.executable, version=sys.version.split()[0])

    def GetProgramDependencies(self, request: Any, context: grpc.ServicerContext) -> Any:
        installed = sorted((d.metadata["Name"], d.version) for d in metadata.distributions())
        dependencies = [language_pb2.DependencyInfo(name=name, version=version) for name, version in installed]
        return language_pb2.GetProgramDependenciesResponse(dependencies=dependencies)

    def InstallDependencies(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        sentence = "stateside: `make setup` installs the hashed requirements; nothing to do here\n"
        yield language_pb2.InstallDependenciesResponse(stdout=sentence.encode())

    def GenerateProgram(self, request: Any, context: grpc.ServicerContext) -> Any:
        source = "\n".join(request.source.values())
        try:
            code = python_code(parse_definitions(source))
        except DefinitionError as error:  # what is imported is imported
            code = f"# No code could be written, write it by hand: {error}\n"
        return language_pb2.GenerateProgramResponse(source={"__main__.py": code.encode()})

    def Run(self, request: Any, context: grpc.ServicerContext) -> Any:
        del request.args[:]
        request.args.append(self._engine_address)
        with tempfile.TemporaryDirectory(prefix="stateside-run-") as directory:
            answer = Path(directory, "answer")
            command = [_python_of(request.info), "-u", "-m", "rehearsal.toolchain.runner", str(answer)]
            process = subprocess.Popen(dying_with_parent(command), stdin=subprocess.PIPE)
            context.add_callback(process.terminate)  # does nothing to a process that has ended
            process.communicate(request.SerializeToString())
            if answer.exists():
                return language_pb2.RunResponse.FromString(answer.read_bytes())
        return language_pb2.RunResponse(error=f"the program's process ended with {process.returncode} and no answer")

    def RunPlugin(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        if request.kind != "analyzer":
            context.abort(
                grpc.StatusCode.UNIMPLEMENTED, f"this host runs policy packs, not plugins of kind {request.kind}"
            )
        pack = request.info.program_directory
        command = [_python_of(request.info), "-u", "-m", "pulumi.policy", *request.args[:1], pack]
        environment = {**os.environ, **_pairs(request.env)}
        process = subprocess.Popen(
            dying_with_parent(command), cwd=pack, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        context.add_callback(process.terminate)  # does nothing to a process that has ended
        yield from _stream(process)


def _python_of(info: Any) -> str:
    """The interpreter of the virtual environment that a project names, else our own."""
    options = info.options.fields
    named = options["virtualenv"].string_value if "virtualenv" in options else ""
    interpreter = Path(info.root_directory, named, "bin", "python")
    return str(interpreter) if named and interpreter.exists() else sys.executable


def _pairs(lines: list[str]) -> dict[str, str]:
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _stream(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    """What a plugin prints, as it prints it, and at last its exit code."""
    printed: queue.Queue[Any] = queue.Queue()

    def forward(pipe: IO[bytes], make: Callable[[bytes], Any]) -> None:
        for chunk in iter(lambda: os.read(pipe.fileno(), _CHUNK), b""):
            printed.put(make(chunk))
        printed.put(None)

    ways = (
        (process.stdout, lambda chunk: language_pb2.RunPluginResponse(stdout=chunk)),
        (process.stderr, lambda chunk: language_pb2.RunPluginResponse(stderr=chunk)),
    )
    for way in ways:
        threading.Thread(target=forward, args=way, daemon=True).start()
    for _ in ways:
        yield from iter(printed.get, None)
    yield language_pb2.RunPluginResponse(exitcode=max(process.wait(), 0))


def serve(engine_address: str) -> None:
    """Serves until the engine ends."""
    ended = threading.Event()
    for ending in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # the engine ends its hosts with SIGINT and waits until they are gone
        signal.signal(ending, lambda *_: ended.set())
    parent = os.getppid()
    server = grpc.server(ThreadPoolExecutor(max_workers=16), options=_UNLIMITED)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageHost(engine_address), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the engine reads the port from standard output
    while os.getppid() == parent and not ended.wait(_SECONDS_BETWEEN_LOOKS_AT_PARENT):
        pass
    server.stop(grace=None)
    sys.stdout.flush()
    os._exit(0)  # no thread, and no child that setpriv ties to one, may hold the engine up


if __name__ == "__main__":
    serve(sys.argv[-1] if len(sys.argv) > 1 else "")
