"""What we build: a repository each, and an image for what runs as one. Pure data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """One repository; whether its build makes a container image, or files."""

    name: str
    is_image: bool = True


PRODUCTS = (
    Product("gateway"),
    Product("feed"),
    Product("ranking"),
    Product("trainer"),
    Product("batches", is_image=False),
    Product("infrastructure", is_image=False),
)
