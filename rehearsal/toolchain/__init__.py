"""The real Pulumi engine on this machine: found or built, with a language host and an environment to run it in."""
