"""The provider protocol over the world: one method for each call of the engine.

Source of the protocol: pulumi/pulumi, proto/pulumi/provider.proto.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from provider_schema import ResourceType, UnknownTypeError, package_version, resource_type
from rehearsal.doors.provider import bodies, data_sources
from rehearsal.doors.provider.calls import LostReplyError, call
from rehearsal.doors.provider.check import Failure, check_inputs, with_name
from rehearsal.doors.provider.configuration import Configuration, Connections, check_configuration, from_wire
from rehearsal.doors.provider.diff import Difference, diff_inputs, keeps_its_name
from rehearsal.doors.provider.values import UNKNOWN, decode, encode, is_unknown, reveal
from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services

Result = TypeVar("Result")
_KINDS = {
    ("add", False): provider_pb2.PropertyDiff.ADD,
    ("add", True): provider_pb2.PropertyDiff.ADD_REPLACE,
    ("delete", False): provider_pb2.PropertyDiff.DELETE,
    ("delete", True): provider_pb2.PropertyDiff.DELETE_REPLACE,
    ("update", False): provider_pb2.PropertyDiff.UPDATE,
    ("update", True): provider_pb2.PropertyDiff.UPDATE_REPLACE,
}
_COMPARTMENT = "oci:Identity/compartment:Compartment"


class ProviderDoor(provider_pb2_grpc.ResourceProviderServicer):
    """Serves the engine from one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._connections = Connections()

    # The provider itself

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Any:
        return empty_pb2.Empty()

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin_pb2.PluginInfo(version=package_version())

    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        failures = check_configuration(self._world, from_wire(reveal(decode(request.news))))
        return provider_pb2.CheckResponse(inputs=request.news, failures=_failures(failures))

    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        old, new = decode(request.old_inputs), decode(request.news)
        changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
        # What a provider made lies in its tenancy and region: with others, everything must be made again.
        replaces = [name for name in changed if name in ("tenancyOcid", "region")]
        return _diff_response([Difference(name, "update", name in replaces) for name in changed], first=False)

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        inputs = from_wire(reveal(decode(request.args)))
        failures = [] if is_unknown(inputs) else check_configuration(self._world, inputs)
        if failures:
            sentence = "; ".join(f"{failure.path} {failure.reason}" for failure in failures)
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"the provider's configuration can't be used: {sentence}")
        if not is_unknown(inputs):
            tenancy = self._world.tenancies()[inputs["tenancyOcid"]]
            self._connections.configure(context.peer(), Configuration(tenancy, inputs["region"]))
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        arguments = reveal(decode(request.args))
        where = self._configuration(context)
        outputs = _answer(
            context, lambda: data_sources.answer(request.tok, self._world, where.tenancy, where.region, arguments)
        )
        return provider_pb2.InvokeResponse(**{"return": encode(outputs)})

    # Resources

    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        schema = _schema(request.urn, context)
        inputs = with_name(schema, decode(request.olds), decode(request.news), request.urn, request.randomSeed)
        failures = check_inputs(schema.inputs, inputs)
        return provider_pb2.CheckResponse(inputs=encode(inputs), failures=_failures(failures))

    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        schema = _schema(request.urn, context)
        self._world.acknowledge(request.id)
        old, new = decode(request.old_inputs), decode(request.news)
        for name in request.ignoreChanges:
            new = {key: value for key, value in new.items() if key != name} | {k: old[k] for k in (name,) if k in old}
        return _diff_response(diff_inputs(schema, old, new), first=keeps_its_name(schema, old, new))

    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        schema = _schema(request.urn, context)
        inputs = decode(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=encode(_previewed(schema, inputs)))
        where = self._configuration(context)

        def work() -> Resource:
            return services.create(
                self._world,
                schema.token,
                region=where.region,
                tenancy=where.tenancy,
                body=bodies.to_body(inputs),
                urn=request.urn,
            )

        made = _answer(context, lambda: call(self._world, schema.token, "create", work))
        return provider_pb2.CreateResponse(id=made.id, properties=encode(bodies.to_outputs(made, schema, inputs)))

    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        schema = _schema(request.urn, context)
        known = decode(request.inputs)
        found = _answer(context, lambda: call(self._world, schema.token, "read", lambda: self._world.get(request.id)))
        if found is None:
            return provider_pb2.ReadResponse()
        self._world.acknowledge(request.id)
        inputs = bodies.to_inputs(found, schema, known)
        outputs = bodies.to_outputs(found, schema, inputs)
        return provider_pb2.ReadResponse(id=found.id, properties=encode(outputs), inputs=encode(inputs))

    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        schema = _schema(request.urn, context)
        inputs = decode(request.news)
        if request.preview:
            outputs = decode(request.olds) | inputs
            return provider_pb2.UpdateResponse(properties=encode(outputs))

        def work() -> Resource:
            return services.update(self._world, request.id, bodies.to_body(inputs))

        changed = _answer(context, lambda: call(self._world, schema.token, "update", work))
        return provider_pb2.UpdateResponse(properties=encode(bodies.to_outputs(changed, schema, inputs)))

    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        schema = _schema(request.urn, context)
        kept = schema.token == _COMPARTMENT and not decode(request.old_inputs).get("enableDelete")
        if self._world.get(request.id) is not None and not kept:
            _answer(
                context,
                lambda: call(self._world, schema.token, "delete", lambda: services.delete(self._world, request.id)),
            )
        return empty_pb2.Empty()

    def _configuration(self, context: grpc.ServicerContext) -> Configuration:
        configuration = self._connections.of(context.peer())
        if configuration is None:
            sentence = "this connection's provider was never configured, or the door was restarted; run it again"
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, sentence)
            raise AssertionError("unreachable: abort raises")
        return configuration


def _schema(urn: str, context: grpc.ServicerContext) -> ResourceType:
    token = urn.split("::")[2].rsplit("$", 1)[-1]
    try:
        return resource_type(token)
    except UnknownTypeError as error:
        context.abort(grpc.StatusCode.NOT_FOUND, str(error))
        raise AssertionError("unreachable: abort raises") from None


def _answer(context: grpc.ServicerContext, work: Callable[[], Result]) -> Result:
    try:
        return work()
    except ServiceError as error:
        context.abort(grpc.StatusCode.UNKNOWN, str(error))
    except LostReplyError as error:
        context.abort(grpc.StatusCode.UNAVAILABLE, str(error))
    raise AssertionError("unreachable: abort raises")


def _previewed(schema: ResourceType, inputs: dict[str, Any]) -> dict[str, Any]:
    """What a creation would return: the inputs, and unknown for all that only Oracle can fill."""
    computed = {name: UNKNOWN for name, output in schema.outputs.items() if output.required}
    return computed | inputs


def _failures(failures: list[Failure]) -> list[Any]:
    return [provider_pb2.CheckFailure(property=failure.path, reason=failure.reason) for failure in failures]


def _diff_response(differences: list[Difference], first: bool) -> Any:
    changes = provider_pb2.DiffResponse.DIFF_SOME if differences else provider_pb2.DiffResponse.DIFF_NONE
    replaces = [difference.path for difference in differences if difference.replaces]
    response = provider_pb2.DiffResponse(
        changes=changes,
        replaces=replaces,
        diffs=sorted({difference.path.split(".")[0].split("[")[0] for difference in differences}),
        deleteBeforeReplace=bool(replaces) and first,
        hasDetailedDiff=True,
    )
    for difference in differences:
        detail = response.detailedDiff[difference.path]
        detail.kind = _KINDS[difference.kind, difference.replaces]
        detail.inputDiff = True
    return response
