"""What a change does to a stack, told where it is reviewed: from two runs to a report, from a report to a comment."""
