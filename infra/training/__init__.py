"""The training system: the machines that train the recommender, on US users' data alone."""

from infra.training.instance import TrainingInstance

__all__ = ["TrainingInstance"]
