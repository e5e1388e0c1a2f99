"""The data classes that everything that stores or computes carries as a defined tag."""

from enum import StrEnum


class DataClass(StrEnum):
    """Whose or what kind of data a resource holds."""

    US_USER = "us-user"
    NON_US_USER = "non-us-user"
    CONTENT = "content"
    CODE = "code"
    MODEL = "model"
    OPERATIONAL = "operational"
    PUBLIC = "public"
