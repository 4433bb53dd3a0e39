"""`python -m nakoming`."""

from nakoming.cli import app

app(prog_name="nakoming")
