"""Every limit of every type, by one body that keeps to it and one that breaks it and nothing else."""

from collections import Counter

from provider_schema.limit_data import limited_types
from provider_schema.limits import breaches
from tests.support.limit_examples import Example, examples, fitted

JUDGED = {
    "maxLength": 5574,
    "enum": 2036,
    "minimum": 949,
    "maximum": 672,
    "maxItems": 625,
    "uniqueItems": 178,
    "minItems": 173,
    "minLength": 114,
    "pattern": 86,
    "maxProperties": 17,
    "multipleOf": 6,
    "minProperties": 5,
}
WITHOUT_OUTSIDE = {
    ("minLength", "an empty text isn't measured"): 4622,
    ("maxLength", "what the enumeration has is all inside"): 79,
    ("maxItems", "there aren't so many different items"): 17,
    ("uniqueItems", "one item is all that may be there"): 7,
    ("minLength", "what the enumeration has is all inside"): 4,
    ("maxLength", "nothing so long is made"): 2,
    ("maxLength", "no longer text matches the pattern"): 2,
}


def test_each_limit_of_each_type_takes_what_is_inside_and_refuses_what_is_outside() -> None:
    judged: Counter[str] = Counter()
    without: Counter[tuple[str, str]] = Counter()
    wrong = []
    for type in limited_types():
        for example in examples(type):
            if not isinstance(example, Example):
                without[(example.word, example.reason)] += 1
                continue
            judged[example.word] += 1
            found = {(breach.path, breach.word) for breach in breaches(type, example.outside)}
            if breaches(type, example.inside) or found != example.wrong:
                wrong.append((type, example.path, example.word, found))
    assert wrong == []
    assert dict(judged) == JUDGED
    assert dict(without) == WITHOUT_OUTSIDE


def test_the_least_that_a_type_requires_has_no_breach() -> None:
    assert [type for type in limited_types() if breaches(type, fitted(type, {}))] == []
