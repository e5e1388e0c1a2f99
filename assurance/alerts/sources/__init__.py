"""What is looked at for alerts: the results of a run, the boundary's lanes, guards. One file a source."""
