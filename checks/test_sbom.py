"""The list of what the report is made of holds every package that the lock pins, with its hashes."""

import json
import re

from checks.tools import ROOT, check_python, run


def test_sbom_lists_what_the_lock_pins() -> None:
    check_python()
    done = run(["make", "sbom"])
    assert done.returncode == 0, done.stdout + done.stderr
    sbom = json.loads((ROOT / "_build" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert sbom["bomFormat"] == "CycloneDX"
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", lock, re.MULTILINE))
    listed = {(each["name"], each["version"]): each for each in sbom["components"]}
    assert listed.keys() == pinned
    assert all(each["externalReferences"][0]["hashes"] for each in listed.values())
