"""The catalogue: what every resource type can do to the boundary. See `model.py` for the verdicts."""

from policies.catalogue.load import Catalogue, load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
