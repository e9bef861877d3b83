"""Publish to a branch of a git repository, as GitHub Pages serves them: one commit for each publication."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.release.manifest import Manifest, read_manifest


class BranchPlace:
    """A branch that holds a published site and nothing else, with its history.

    The commit is made by ghp-import, next to the working tree and without touching it, and pushed; whoever reads the
    branch meets the old commit or the new one.

    Parameters
    ----------
    config : ReportConfig
        The report; its folder is a git checkout.
    remote : str
        Name of the remote repository.
    branch : str
        Name of the branch.
    message : str
        First line of the commit's message; empty for "Publish" and the edition.

    Raises
    ------
    ConfigurationError
        Without git, outside a checkout, without that remote, or without a name for the commit.
    """

    def __init__(
        self, config: ReportConfig, remote: str = "origin", branch: str = "gh-pages", message: str = ""
    ) -> None:
        self.config, self.remote, self.branch, self.message = config, remote, branch, message
        self.address = f"{remote}/{branch}"
        self._check()

    def prepare(self, site: Path, address: str) -> None:
        """Say that the site is no Jekyll project and, when it has an address of its own, which."""
        (site / ".nojekyll").touch()
        host = urlsplit(address).hostname or ""
        if host and not host.endswith(".github.io"):
            (site / "CNAME").write_text(f"{host}\n", encoding="utf-8")

    def published(self) -> Manifest | None:
        """What the remote branch holds; None when there is no such branch."""
        local, ours = f"refs/heads/{self.branch}", f"refs/remotes/{self.address}"
        manifest = None
        if self._git("ls-remote", "--heads", self.remote, local):
            self._git("fetch", "--quiet", self.remote, f"+{local}:{ours}")
            manifest = self._manifest(ours)
        else:
            self._git("update-ref", "-d", ours)  # what is remembered of a branch that is gone there
        if self._git("for-each-ref", local):
            self._manifest(local)  # ghp-import moves the branch of this repository, too
        return manifest

    def publish(self, site: Path, manifest: Manifest, before: Manifest | None) -> None:
        """Commit the site on top of what the remote branch holds, and push it.

        Raises
        ------
        ConfigurationError
            When git refuses; the remote branch is as it was.
        """
        importer = [sys.executable, "-m", "ghp_import", "--remote", self.remote, "--branch", self.branch]
        self._run([*importer, "--message", self._message(manifest), str(site)], "commit")
        tree = self._git("ls-tree", "-r", "--name-only", "-z", f"refs/heads/{self.branch}").split("\0")
        missing = {*manifest.files} - {*tree}
        if missing:  # ghp-import tells of some failures only in passing
            raise ConfigurationError(
                f"git did not take {len(missing)} files, among them {min(missing)}",
                where=self.address,
                remedy="see what git says: git fsck",
            )
        self._git("push", "--quiet", self.remote, f"refs/heads/{self.branch}:refs/heads/{self.branch}")

    def _manifest(self, reference: str) -> Manifest:
        manifest = read_manifest(lambda name: self._show(f"{reference}:{name}"), reference)
        if manifest is None:
            raise ConfigurationError(
                "the branch holds something else, which publishing would delete",
                where=reference,
                remedy="name another branch with --branch; it is made when there is none",
            )
        return manifest

    def _message(self, manifest: Manifest) -> str:
        name = manifest.name[:1].upper() + manifest.name[1:]
        return f"{self.message}\n\n{name}" if self.message else f"Publish {manifest.name}"

    def _check(self) -> None:
        if not shutil.which("git"):
            raise ConfigurationError(
                "publishing to a branch needs git", where="PATH", remedy="install git, or publish to a folder"
            )
        if importlib.util.find_spec("ghp_import") is None:
            raise ConfigurationError(
                "ghp-import is not installed", where=sys.prefix, remedy="run: make .venv/installed"
            )
        root = self.config.root
        if not (root / ".git").exists():
            raise ConfigurationError("the project is not a git checkout", where=str(root), remedy="clone it with git")
        remotes = self._git("remote").split()
        if self.remote not in remotes:
            raise ConfigurationError(
                f"there is no remote {self.remote!r}",
                where=str(root),
                remedy=f"choose from: {', '.join(remotes)}" if remotes else "add it: git remote add origin ADDRESS",
            )
        if self._git("symbolic-ref", "--quiet", "--short", "HEAD", expected=(0, 1)) == self.branch:
            raise ConfigurationError(
                f"{self.branch} is checked out: it holds the project, not its site",
                where=str(root),
                remedy="name another branch with --branch, as gh-pages",
            )
        for what, variable in (("user.name", "GIT_COMMITTER_NAME"), ("user.email", "GIT_COMMITTER_EMAIL")):
            if not os.environ.get(variable) and not self._git("config", what, expected=(0, 1)):
                raise ConfigurationError(
                    f"git does not know who publishes: {what} is not set",
                    where="git config",
                    remedy=f'run: git config {what} "..."',
                )

    def _git(self, *arguments: str, expected: tuple[int, ...] = (0,)) -> str:
        return self._run(["git", *arguments], arguments[0], expected)

    def _show(self, name: str) -> str | None:
        done = subprocess.run(["git", "show", name], cwd=self.config.root, capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else None

    def _run(self, command: list[str], verb: str, expected: tuple[int, ...] = (0,)) -> str:
        # no prompt for a password: whoever waits for a publication in a log could not answer
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
        done = subprocess.run(
            command, cwd=self.config.root, capture_output=True, text=True, check=False, env=environment
        )
        if done.returncode not in expected:
            said = (done.stderr.strip() or done.stdout.strip()).splitlines()
            raise ConfigurationError(
                f"git {verb} failed: {' '.join(said[-3:])}",
                where=self.address,
                remedy="check the remote and that you may push there; if somebody else published, run it again",
            )
        return done.stdout.strip()
