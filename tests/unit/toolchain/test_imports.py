"""The code of what is imported: from the engine's definitions, as it wrote them, to Python."""

import ast
import re

import pytest

from provider_schema import resource_tokens
from provider_schema.source import module_file, package_directory
from rehearsal.toolchain.imports import DefinitionError, parse_definitions, python_code
from rehearsal.toolchain.imports.code import python_name

# As Pulumi 3.274.1 wrote it.
BUCKET = r"""package oci {
    baseProviderName = "oci"
    baseProviderVersion = "5.5.0"

}

resource lake "oci:ObjectStorage/bucket:Bucket" {
    accessType = "NoPublicAccess"
    metadata ={
"keepDays" = "$${here} \"q\""}
    name = "lake"
    retentionRules =[{

            displayName = "keep",

            duration ={

                timeAmount = "7",

                timeUnit = "DAYS"
            }
        }]
    versioned = false
    numbers = [-1, 2.5]
options {
provider = oci
protect =true

}

}
"""
CODE = r"""import pulumi
import pulumi_oci as oci

# oci_provider is the provider that the import was given; the program has its own name for it.
lake = oci.objectstorage.Bucket(
    "lake",
    access_type="NoPublicAccess",
    metadata={
        "keepDays": "${here} \"q\"",
    },
    name="lake",
    retention_rules=[
        {
            "display_name": "keep",
            "duration": {
                "time_amount": "7",
                "time_unit": "DAYS",
            },
        },
    ],
    versioned=False,
    numbers=[
        -1,
        2.5,
    ],
    opts=pulumi.ResourceOptions(provider=oci_provider, protect=True),
)
"""


def code_of(body: str, label: str = "it") -> str:
    code = python_code(parse_definitions(f'resource {label} "oci:Core/vcn:Vcn" {{ {body} }}'))
    ast.parse(code)
    return code.partition("\n\n")[2]


def test_a_definition_of_the_engines_becomes_a_statement_of_the_program() -> None:
    assert python_code(parse_definitions(BUCKET)) == CODE


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('__logicalName = "10-net"', '"10-net",'),
        ("vcnId = vcn.defaultRouteTableId", "vcn_id=vcn.default_route_table_id,"),
        ('x = secret("s")', 'x=pulumi.Output.secret("s"),'),
        ("x = null", "x=None,"),
        ('x = "ü\\n%%{if}\\u0007"', 'x="ü\\n%{if}\\u0007",'),
        ("x = []", "x=[],"),
        ("x = {}", "x={},"),
        ("class = 1", "class_=1,"),
        ("options { dependsOn = [a, b-c] }", "opts=pulumi.ResourceOptions(depends_on=["),
        ('options { import = "id" }', 'opts=pulumi.ResourceOptions(import_="id"),'),
    ],
)
def test_each_form_of_a_value_has_its_own(body: str, line: str) -> None:
    assert line in [found.strip() for found in code_of(body).splitlines()] or line in code_of(body)


@pytest.mark.parametrize(
    ("label", "variable"), [("s-net", "s_net"), ("oci", "oci_provider"), ("pulumi", "pulumi_"), ("class", "class_")]
)
def test_a_variable_hides_no_module_and_no_word_of_the_language(label: str, variable: str) -> None:
    assert code_of("", label).startswith(f"{variable} = oci.core.Vcn(")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ('resource a "oci:Core/vcn:Vcn" { x = [for y in z : y] }', "': y] }' is of no known form"),
        ('resource a "oci:Core/vcn:Vcn" { x = fileAsset("y") }', "'fileAsset' is no value"),
        ('resource a "oci:Core/vcn:Vcn" { x = "${y}" }', "is a template"),
        ('resource a "oci:Core/vcn:Vcn" { x = [1', "ends before its ]"),
        ('resource a "oci:Core/vcn:Vcn" { x = 1', "ends before its }"),
        ('resource a "aws:s3/bucket:Bucket" {}', "no code can be written for a aws:s3/bucket:Bucket"),
        ('component a { token = "b" }', "no code can be written for a component"),
        ("resource = { 1 = 2 }", "'1' is no key"),
        ("{", "'{' begins no attribute"),
    ],
)
def test_what_no_import_is_known_to_have_is_refused(source: str, sentence: str) -> None:
    with pytest.raises(DefinitionError, match=re.escape(sentence)):
        python_code(parse_definitions(source))


def test_every_type_of_the_installed_package_is_the_class_that_the_code_names() -> None:
    for token in resource_tokens():
        _, module, kind = token.split(":")
        file = module_file(module)
        assert file, token
        assert file.parent.name == module.partition("/")[0].lower(), token
        assert re.search(rf"^class {kind}\(pulumi\.CustomResource\):", file.read_text("utf-8"), re.MULTILINE), token


def test_every_property_of_the_installed_package_has_the_name_that_the_code_gives_it() -> None:
    getter = re.compile(r'@pulumi\.getter\(name="(\w+)"\)\n(?:    @.*\n)?    def (\w+)\(')
    for file in package_directory().glob("*/_inputs.py"):
        for camel, snake in getter.findall(file.read_text("utf-8")):
            assert python_name(camel) == snake, file
