"""The flow proof: that no class of data can leave the boundary but by a lane that is open to it.

The stack becomes a graph of everything along which data can go; `docs/flow-proof.md` says what is modelled.
"""

from policies.flow.proof import Leak, Proof, Prover, prove

__all__ = ["Leak", "Proof", "Prover", "prove"]
