"""How long a build takes to find that nothing has changed, without starting Python: prints a JSON object.

``python -m bench.key_check PROJECT`` asks in a fresh process, as `baltic build` does, with the imports done.
"""

import json
import sys
import time
from pathlib import Path

from baltic_calculus.report.freshness import products_if_fresh


def main() -> None:
    """Check once and print ``seconds`` and ``outputs``, the number of files below ``_build`` but for the cache's."""
    project = Path(sys.argv[1])
    start = time.perf_counter()
    products = products_if_fresh(str(project), [])
    seconds = time.perf_counter() - start
    if products is None:
        raise SystemExit("the build is not fresh: there is nothing to measure")
    built = project / "_build"
    outputs = [path for path in built.rglob("*") if path.is_file() and path.relative_to(built).parts[0] != "cache"]
    json.dump({"seconds": seconds, "outputs": len(outputs)}, sys.stdout)


if __name__ == "__main__":
    main()
