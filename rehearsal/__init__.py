"""The rehearsal: the real engine deploys the whole environment on one machine, with no cloud account."""
