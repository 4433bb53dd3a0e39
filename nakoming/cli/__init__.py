"""`nakoming`: the desk, the proof and the policy files, on the command line."""

from nakoming.cli.commands import app

__all__ = ["app"]
