"""Started by path (see `runner.harness.launch`), so it finds its package by itself."""

import sys
from os.path import dirname

ROOT = dirname(dirname(dirname(__file__)))

sys.path.insert(0, ROOT)

from runner.harness import preload, supervisor, zygote  # noqa: E402 - needs the path above

# A submission imports the standard library, its profile's and its own folder alone.
sys.path.remove(ROOT)
preload.preload()

if sys.argv[1:] == [zygote.ARGUMENT]:
    zygote.main()
supervisor.main()
