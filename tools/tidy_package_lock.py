"""Leave in checks/package-lock.json what an installation needs: versions and hashes, no address of anybody."""

import json
from pathlib import Path

LOCK = Path(__file__).parents[1] / "checks" / "package-lock.json"


def tidy_lock(text: str) -> str:
    """The lock without the places where packages come from and where their authors ask for money."""
    lock = json.loads(text)
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    return json.dumps(lock, indent=2) + "\n"


def main() -> None:
    """Write the lock again."""
    LOCK.write_text(tidy_lock(LOCK.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
