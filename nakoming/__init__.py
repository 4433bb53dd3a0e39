"""For people: the command-line client, and what checks, compiles and builds before a deployment.

It runs from a checkout, where the package `privacy` lies in the layer's folder and is not installed: so it is found
there, unless the path already has one.
"""

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("privacy") is None:
    sys.path.append(str(Path(__file__).parents[1] / "layers" / "privacy"))
