"""Who listens: mailboxes and addresses of our own domains, and no others."""

from typing import Any

import pytest
from pydantic import ValidationError

from boundary import load_boundary
from infra.config import BudgetConfig, ObservabilityConfig


def problem(model: type, **keys: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(keys, context=load_boundary())
    return str(refused.value)


@pytest.mark.parametrize(
    ("protocol", "endpoint"),
    [
        ("EMAIL", "team@globalvideo.example"),
        ("EMAIL", "stateside.example"),
        ("EMAIL", "team@notstateside.example"),
        ("CUSTOM_HTTPS", "http://on-call.stateside.example/"),
        ("CUSTOM_HTTPS", "https://stateside.example.attacker.example/"),
    ],
)  # fmt: skip
def test_a_listener_of_somebody_else_is_one_sentence(protocol: str, endpoint: str) -> None:
    text = problem(ObservabilityConfig, listeners=[{"protocol": protocol, "endpoint": endpoint}])
    assert f"{endpoint} is no " in text
    assert "stateside.example" in text


def test_listeners_of_ours_are_taken() -> None:
    ours = [
        {"protocol": "EMAIL", "endpoint": "team@stateside.example"},
        {"protocol": "EMAIL", "endpoint": "team@mail.stateside.example"},
        {"protocol": "CUSTOM_HTTPS", "endpoint": "https://on-call.stateside.example/oracle"},
    ]
    assert len(ObservabilityConfig.model_validate({"listeners": ours}, context=load_boundary()).listeners) == 3


def test_what_is_spent_is_told_to_nobody_else() -> None:
    assert "x@globalvideo.example is no mail address of ours" in problem(
        BudgetConfig, monthly=1, recipients=["x@globalvideo.example"]
    )
