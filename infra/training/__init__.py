"""The training system: the machines that train the recommender, on US users' data alone."""

from infra.training.instance import TrainingInstance
from infra.training.system import Training

__all__ = ["Training", "TrainingInstance"]
