"""The state of a resource, in the words that its model has for it."""

from rehearsal.doors.api.sdk import Model
from rehearsal.world import Resource, World, states

# What a state is called where a model has another word for it, the likeliest first.
_READY = ("ACTIVE", "AVAILABLE", "RUNNING", "SUCCEEDED", "ENABLED", "CREATED")
_COMING = ("PROVISIONING", "CREATING", "STARTING")


def state_of(world: World, resource: Resource, model: Model | None) -> str | None:
    """The state that is shown; None where the model has none."""
    field = model.fields.get("lifecycleState") if model else None
    if model is not None and field is None:
        return None
    values = field.values if field else frozenset()
    words = (resource.state, *_READY) if states.is_ready(world, resource) else _COMING
    return next((each for each in words if not values or each in values), resource.state)
