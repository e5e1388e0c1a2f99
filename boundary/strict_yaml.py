"""YAML without its traps: a key that is written twice, or a date that does not exist, is an error with a line.

The policies' catalogue is half a megabyte of it, which the parser in C reads ten times as fast. What that one refuses
is read again by the one in Python, whose sentences say more.
"""

from typing import TYPE_CHECKING, Any

import yaml

from boundary.errors import BoundaryError


class _Strict(yaml.constructor.SafeConstructor):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise _problem(f"the key {key.value} is there twice", key)
                seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise _problem(str(error), node) from None


class _StrictLoader(_Strict, yaml.SafeLoader):
    pass


if TYPE_CHECKING or not yaml.__with_libyaml__:
    _FastLoader = _StrictLoader
else:

    class _FastLoader(_Strict, yaml.CSafeLoader):
        pass


def _problem(what: str, node: yaml.Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(problem=what, problem_mark=node.start_mark)


def parse_yaml(text: str) -> Any:
    """The value that a YAML text holds.

    Raises:
        BoundaryError: it is not YAML; the text names the line and is to follow a file name.
    """
    try:
        return _FastLoader(text).get_single_data()
    except yaml.YAMLError:
        return _parse_slowly(text)


def _parse_slowly(text: str) -> Any:
    try:
        return _StrictLoader(text).get_single_data()
    except yaml.reader.ReaderError as error:
        # The loader reads ahead on opening, so that this one comes without a mark.
        line, problem = text.count("\n", 0, error.position) + 1, f"it holds the control character {error.character:#x}"
    except yaml.MarkedYAMLError as error:
        line, problem = error.problem_mark.line + 1 if error.problem_mark else 1, str(error.problem)
    raise BoundaryError(f"line {line} is not YAML: {problem}; correct the line")
