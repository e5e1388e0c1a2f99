"""The provider protocol over the world: one method for each call of the engine.

Source of the protocol: pulumi/pulumi, proto/pulumi/provider.proto.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from provider_schema import (
    Described,
    UnknownTypeError,
    described,
    function_type,
    guessed_arguments,
    package_version,
    schema_document,
)
from rehearsal.doors.provider import bodies, data_sources
from rehearsal.doors.provider.calls import call
from rehearsal.doors.provider.check import Failure, check_inputs
from rehearsal.doors.provider.coercion import coerced
from rehearsal.doors.provider.configuration import Configuration, Connections, check_configuration, from_wire
from rehearsal.doors.provider.defaults import with_defaults, with_names, without_empty_defaults
from rehearsal.doors.provider.diff import Difference, differences, has_a_given_name, stable_names
from rehearsal.doors.provider.exceptions import reads_nothing
from rehearsal.doors.provider.ignored import with_ignored
from rehearsal.doors.provider.log import Engines
from rehearsal.doors.provider.mandatory import refuse_empty
from rehearsal.doors.provider.preview import planned_creation, planned_update
from rehearsal.doors.provider.responses import diff_response, failures_of
from rehearsal.doors.provider.values import decode, encode, is_unknown, reveal
from rehearsal.doors.provider.waiting import until_ready
from rehearsal.doors.replies import LostReplyError
from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from rehearsal.world.behaviour import behaviour_of
from rehearsal.world.identifiers import world_id
from rehearsal.world.rules import COMPARTMENT

Result = TypeVar("Result")


class ProviderDoor(provider_pb2_grpc.ResourceProviderServicer):
    """Serves the engine from one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._connections = Connections()
        self._engines = Engines()

    # The provider itself

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._engines.attach(context.peer(), request.address)
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin_pb2.PluginInfo(version=package_version())

    def GetSchema(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.GetSchemaResponse(schema=schema_document())

    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        failures = check_configuration(self._world, from_wire(reveal(decode(request.news))))
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures_of(failures))

    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        old, new = decode(request.old_inputs), decode(request.news)
        changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
        # What a provider made lies in its tenancy and region: with others, everything must be made again.
        replaces = [name for name in changed if name in ("tenancyOcid", "region")]
        found = [Difference(name, "update", name in replaces) for name in changed]
        return diff_response(found, first=False, stables=[])

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        inputs = from_wire(reveal(decode(request.args)))
        failures = [] if is_unknown(inputs) else check_configuration(self._world, inputs)
        if failures:
            sentence = "; ".join(f"{failure.path} {failure.reason}" for failure in failures)
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"the provider's configuration can't be used: {sentence}")
        if not is_unknown(inputs):
            tenancy = self._world.tenancies()[inputs["tenancyOcid"]]
            ignored = frozenset(inputs.get("ignoreDefinedTags") or ())
            self._connections.configure(context.peer(), Configuration(tenancy, inputs["region"], ignored))
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        where = self._configuration(context)
        arguments, failures = _checked_call(request.tok, reveal(decode(request.args)))
        if failures:
            return provider_pb2.InvokeResponse(failures=failures_of(failures))

        def work() -> dict[str, Any]:
            return data_sources.answer(request.tok, self._world, where.tenancy, where.region, arguments)

        outputs = _answer(context, lambda: call(self._world, where, request.tok, "read", work))
        return provider_pb2.InvokeResponse(**{"return": encode(outputs)})

    # Resources

    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        type = _type(request.urn, context)
        given = coerced(type.arguments, decode(request.news))
        named = with_names(type.arguments, decode(request.olds), given, request.urn, request.randomSeed)
        failures = check_inputs(type.arguments, named)
        inputs = with_defaults(type.arguments, given, named)
        return provider_pb2.CheckResponse(
            inputs=encode(inputs), failures=failures_of(failures, request.urn.rsplit("::", 1)[-1])
        )

    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        type = _type(request.urn, context)
        where = self._connections.of(context.peer())
        if where:  # a provider whose region is still unknown has made nothing
            self._world.acknowledge(_world_id(request.id, where, decode(request.olds)))
        new = with_ignored(decode(request.old_inputs), decode(request.news), request.ignoreChanges)
        ignored_tags = where.ignored_tags if where else frozenset()
        found = differences(type.arguments, decode(request.olds), new, ignored_tags)
        return diff_response(
            found, first=has_a_given_name(type.arguments, new), stables=stable_names(type.arguments, found)
        )

    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        type = _type(request.urn, context)
        inputs = decode(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=encode(planned_creation(type, inputs)))
        where = self._configuration(context)

        def work() -> Resource:
            refuse_empty(type.arguments, inputs)
            return services.create(
                self._world,
                type.token,
                region=where.region,
                tenancy=where.tenancy,
                body=bodies.to_body(inputs),
                urn=request.urn,
            )

        with self._engines.hearing(context.peer(), request.urn, self._world):
            made = _answer(context, lambda: call(self._world, where, type.token, "create", work))
            made = until_ready(self._world, made)
        return provider_pb2.CreateResponse(id=made.shown_id, properties=encode(bodies.to_outputs(made, type, inputs)))

    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        type = _type(request.urn, context)
        known = decode(request.inputs)
        where = self._configuration(context)
        identifier = _world_id(request.id, where, known or decode(request.properties))

        def work() -> Resource | None:
            return self._world.get(identifier)

        found = _answer(context, lambda: call(self._world, where, type.token, "read", work))
        if found is None or not _is_seen(found, type, where):
            return provider_pb2.ReadResponse()
        self._world.acknowledge(identifier)
        if known and reads_nothing(type.token):
            return provider_pb2.ReadResponse(
                id=found.shown_id, properties=request.properties, inputs=encode(without_empty_defaults(known))
            )
        inputs = bodies.to_inputs(found, type, known)
        outputs = bodies.to_outputs(bodies.as_read(found, type), type, inputs)
        return provider_pb2.ReadResponse(id=found.shown_id, properties=encode(outputs), inputs=encode(inputs))

    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        type = _type(request.urn, context)
        inputs = decode(request.news)
        if request.preview:
            outputs = planned_update(type, decode(request.olds), inputs)
            return provider_pb2.UpdateResponse(properties=encode(outputs))

        where = self._configuration(context)
        identifier = _world_id(request.id, where, inputs)

        def work() -> Resource:
            body = bodies.to_change(inputs, type, self._world.get(identifier))
            return services.update(self._world, identifier, body)

        with self._engines.hearing(context.peer(), request.urn, self._world):
            changed = _answer(context, lambda: call(self._world, where, type.token, "update", work))
        return provider_pb2.UpdateResponse(properties=encode(bodies.to_outputs(changed, type, inputs)))

    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        type = _type(request.urn, context)
        where, inputs = self._configuration(context), decode(request.old_inputs)
        identifier = _world_id(request.id, where, inputs)
        kept = type.token == COMPARTMENT and not inputs.get("enableDelete")

        def work() -> None:
            if self._world.get(identifier) is not None:
                services.delete(self._world, identifier)

        if not kept:
            _answer(context, lambda: call(self._world, where, type.token, "delete", work))
        return empty_pb2.Empty()

    def _configuration(self, context: grpc.ServicerContext) -> Configuration:
        configuration = self._connections.of(context.peer())
        if configuration is None:
            sentence = "this connection's provider was never configured, or the door was restarted; run it again"
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, sentence)
            raise AssertionError("unreachable: abort raises")
        return configuration


def _world_id(shown: str, where: Configuration, properties: dict[str, Any]) -> str:
    """What the world calls the resource that a call names, of which it says this much."""
    return world_id(shown, where.region, str(reveal(properties.get("idcsEndpoint", ""))))


def _checked_call(token: str, arguments: dict[str, Any]) -> tuple[dict[str, Any], list[Failure]]:
    try:
        wanted = guessed_arguments(function_type(token).inputs)
    except UnknownTypeError:
        return arguments, []  # the world has no answer to it either, and says so
    given = coerced(wanted, arguments)
    return given, check_inputs(wanted, given)


def _type(urn: str, context: grpc.ServicerContext) -> Described:
    try:
        return described(urn.split("::")[2].rsplit("$", 1)[-1])
    except UnknownTypeError as error:
        context.abort(grpc.StatusCode.NOT_FOUND, str(error))
        raise AssertionError("unreachable: abort raises") from None


def _is_seen(found: Resource, type: Described, where: Configuration) -> bool:
    """Whether a provider that is asked for a resource of this type would find this one."""
    right_type = found.type == type.token or bool(behaviour_of(type.token).adopts)
    return right_type and found.tenancy in ("", where.tenancy.ocid) and found.region in ("", where.region)


def _answer(context: grpc.ServicerContext, work: Callable[[], Result]) -> Result:
    try:
        return work()
    except ServiceError as error:
        context.abort(grpc.StatusCode.UNKNOWN, str(error))
    except LostReplyError as error:
        context.abort(grpc.StatusCode.UNAVAILABLE, str(error))
    raise AssertionError("unreachable: abort raises")
