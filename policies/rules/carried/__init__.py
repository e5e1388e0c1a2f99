"""What a value carries for somebody else: user data for machines, manifests for deployments, contents of secrets.

Which arguments are encoded is a column of the catalogue (`encoded`). What is in them is opened as its reader opens it:
compressed, in parts, in files within files. What can't be opened is a violation, because nobody can say what it holds.
"""

from policies.rules.carried.limits import CarriedError
from policies.rules.carried.opening import texts_in

__all__ = ["CarriedError", "texts_in"]
