"""Training: GPU hours, GPU machines, the parallel file system that feeds them. It stands in the primary region only."""

import math

from boundary import Shape
from infra.capacity.load import DAY, GB, Load
from infra.capacity.shapes import training_shape

_TIB_GB = 1_000
"""Assumption: the API counts in GB what the service's page counts in TiB: 31.2 TiB is 31,200 there."""
_LUSTRE_LEAST, _LUSTRE_STEP, _LUSTRE_LARGE, _LUSTRE_LARGE_STEP = 31_200, 10_400, 124_800, 41_600
"""https://docs.oracle.com/en-us/iaas/Content/lustre/file-system-capacity.htm"""
_LUSTRE_TIERS = (125, 250, 500, 1_000)
"""MB/s for each TB: https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/lfs/lustre-file-system/create.html"""


class TrainingSizes(Load):
    """Of the region that trains."""

    @property
    def gpu_hours_a_day(self) -> float:
        """GPU hours: of training on a day."""
        once = self.events_a_day / 1e9 * self.assumptions.gpu_hours_a_billion_events
        return once * self.assumptions.trainings

    @property
    def _training_gpus(self) -> float:
        return self.gpu_hours_a_day / 24 / self.assumptions.gpu_busy

    @property
    def training_shape(self) -> Shape:
        """Shape: of a training machine."""
        return training_shape(self._training_gpus)

    @property
    def training_nodes(self) -> int:
        """Machines: that train."""
        return math.ceil(self._training_gpus / self.training_shape.gpus)

    @property
    def lustre_capacity_gb(self) -> int:
        """GB: of the parallel file system, in the steps that the service has."""
        wanted = self.assumptions.training_days * self.event_bytes_a_day * self.assumptions.curated_share / GB
        large = wanted > _LUSTRE_LARGE
        least, step = (_LUSTRE_LARGE, _LUSTRE_LARGE_STEP) if large else (_LUSTRE_LEAST, _LUSTRE_STEP)
        return least + max(0, math.ceil((wanted - least) / step)) * step

    @property
    def lustre_mbps_per_tb(self) -> int:
        """MB/s for each TB: the smallest performance tier that feeds all GPUs, or the largest there is."""
        gpus = self.training_nodes * self.training_shape.gpus
        wanted = gpus * self.assumptions.gpu_read_bytes_a_second / 1e6 / (self.lustre_capacity_gb / _TIB_GB)
        return next((tier for tier in _LUSTRE_TIERS if tier >= wanted), _LUSTRE_TIERS[-1])

    @property
    def model_bytes(self) -> float:
        """Bytes: of models in the registry."""
        one = self.assumptions.model_bytes * self.users / 170_000_000
        return one * self.assumptions.models_kept

    @property
    def events_trained_a_second(self) -> float:
        """Events a second: that training reads, on a day's mean."""
        return self.events_a_day * self.assumptions.trainings / DAY
