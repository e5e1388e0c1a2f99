"""The schema as read from a small package of our own: layouts that the installed provider doesn't have."""

from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

import provider_schema as schema
from provider_schema import SchemaError, catalogue, getters, source

TREE = "oci:Core/tree:Tree"
REGISTER = 'resource_modules="""[{"classes": {"oci:Core/tree:Tree": "Tree"}}]"""'
GETTER = '    @pulumi.getter(name="{name}")\n    def {name}(self) -> {type}:\n        """\n        {doc}\n        """\n'
CACHES = (
    source.package_directory, source._files, source._class_ranges, getters.read_object, catalogue._registered,
    catalogue.package_version, catalogue.resource_tokens, catalogue.resource_type, catalogue.argument_paths,
    catalogue.function_tokens, catalogue.function_type,
)  # fmt: skip

Write = Callable[[dict[str, str]], None]


def getter(name: str, kind: str, doc: str = "") -> str:
    return GETTER.format(name=name, type=kind, doc=doc)


def tree(argument: str, nested: str = "", created: str = "__props__ = TreeArgs.__new__(TreeArgs)") -> dict[str, str]:
    return {
        "__init__.py": REGISTER,
        "core/tree.py": f"@pulumi.input_type\nclass TreeArgs:\n    pass\n{argument}\n\n"
        f"class Tree(pulumi.CustomResource):\n    {created}\n",
        "core/_inputs.py": f"@pulumi.input_type\nclass NodeArgs:\n    pass\n{nested}",
    }


def forget() -> None:
    for cached in CACHES:
        cached.cache_clear()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a provider package that is read instead of the installed one."""
    spec = ModuleSpec("pulumi_oci", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(source, "find_spec", lambda name: spec)

    def write_files(files: dict[str, str]) -> None:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)

    forget()
    yield write_files
    forget()


def test_an_object_that_contains_itself_is_followed_once(write: Write) -> None:
    nodes = "pulumi.Input[Optional[Sequence[pulumi.Input['NodeArgs']]]]"
    write(tree(getter("root", "pulumi.Input['NodeArgs']"), getter("label", "Any") + getter("children", nodes)))
    assert schema.argument_paths(TREE) == ("root", "root.label", "root.children")
    root = schema.resource_type(TREE).inputs["root"].type.object
    assert root is not None
    assert root.properties["children"].type.innermost.object is root


def test_tokens_are_sorted_whatever_order_they_are_registered_in(write: Write) -> None:
    write({"__init__.py": 'resource_modules="""[{"classes": {"oci:B/b:B": "B"}}, {"classes": {"oci:A/a:A": "A"}}]"""'})
    assert schema.resource_tokens() == ("oci:A/a:A", "oci:B/b:B")


def test_updatable_counts_only_at_the_start_of_the_documentation(write: Write) -> None:
    write(tree(getter("one", "_builtins.str", "(Updatable) One.") + getter("two", "_builtins.str", "Not (Updatable).")))
    assert [described.updatable for described in schema.resource_type(TREE).inputs.values()] == [True, False]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"__init__.py": ""}, "pulumi-oci registers no resource types"),
        (tree("", created="pass"), "Tree in pulumi-oci takes no arguments of a known form"),
        (tree("    @pulumi.getter(1)\n"), "TreeArgs in tree.py of pulumi-oci has a property of an unknown form"),
        (tree(getter("odd", "Callable[[], str]")), "an annotation of an unknown form: Callable[[], str]"),
        (tree(getter("lost", "'LostArgs'")), "_inputs.py in pulumi-oci has no class LostArgs"),
    ],
)
def test_another_layout_is_refused_by_name(write: Write, files: dict[str, str], sentence: str) -> None:
    write(files)
    with pytest.raises(SchemaError) as caught:
        schema.argument_paths(TREE)
    assert sentence in str(caught.value)


def test_a_data_source_whose_call_has_another_layout_is_refused_by_name(write: Write) -> None:
    call = "pulumi.runtime.invoke_output('oci:Core/getTree:getTree', __args__, opts=opts, typ=GetTreeResult)"
    write({"__init__.py": REGISTER, "core/get_tree.py": f"def get_tree(): {call}"})
    with pytest.raises(SchemaError, match=r"get_tree\.py in pulumi-oci has no call of a known form"):
        schema.function_type("oci:Core/getTree:getTree")


def test_a_missing_provider_package_is_said_with_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setattr(source, "find_spec", lambda name: None)
    with pytest.raises(SchemaError, match="pulumi-oci is not installed in this Python environment; run `make setup`"):
        schema.resource_tokens()
    forget()
