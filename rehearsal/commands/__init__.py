"""What a person asks of the rehearsal, one command a file."""
