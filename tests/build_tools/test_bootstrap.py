"""See that a bare machine is told in one sentence what it lacks, and that a ready one is not made to wait.

The real scripts run in a copy of the project, with a PATH that holds only what the test puts there.
"""

import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL_TOOLS = ["sh", "cat", "cksum", "uname", "mkdir", "grep", "rm", "dirname", "env", "make", "sed"]
BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)


@dataclass
class Machine:
    """A folder with a copy of the project and a PATH of its own."""

    project: Path
    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def has(self, name: str, script: str) -> None:
        """Put a small program on the PATH."""
        (self.path / name).unlink(missing_ok=True)
        (self.path / name).write_text("#!/bin/sh\n" + script + "\n")
        (self.path / name).chmod(0o755)

    def has_python(self) -> None:
        (self.path / "python3.11").symlink_to(BASE_PYTHON)

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.project,
            env={"PATH": str(self.path), "HOME": str(self.project), **self.environment, **environment},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    project, path = tmp_path / "project", tmp_path / "bin"
    shutil.copytree(ROOT / ".ci", project / ".ci")
    for name in ("pyproject.toml", "uv.lock", "Makefile"):
        shutil.copy(ROOT / name, project / name)
    path.mkdir()
    for name in SHELL_TOOLS:
        (path / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    return Machine(project, path)


@pytest.fixture
def dead_index() -> str:
    """An address of this machine at which nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{unused.getsockname()[1]}/simple"


def sentence(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line the scripts themselves said, having checked that no traceback came with it."""
    assert result.returncode != 0
    assert "Traceback" not in result.stdout + result.stderr
    said = [line for line in result.stderr.splitlines() if not line.startswith(("make: ***", "Installing "))]
    assert len(said) == 1, result.stderr
    return said[0]


# A stand-in for uv: it makes an environment with the two programs that the bootstrap looks for, and counts its calls.
UV = """
echo "$@" >>uv-was-called
case "$1" in --version) echo "uv 0.9.0" ;; *)
    mkdir -p .venv/bin && cat /dev/null >.venv/bin/python && cat /dev/null >.venv/bin/tingjian
    "$CHMOD" +x .venv/bin/python .venv/bin/tingjian ;;
esac
"""


@pytest.mark.parametrize("target", ["run", "test"])
def test_without_python_311_one_sentence_says_so(machine: Machine, target: str) -> None:
    assert "needs Python 3.11" in sentence(machine.run("make", target))


def test_another_python_and_a_broken_shim_are_not_taken_for_python_311(machine: Machine) -> None:
    machine.has("python3.11", "echo 'python3.11: command not found' >&2; exit 127")
    machine.has("python3", "exit 1")
    assert "needs Python 3.11" in sentence(machine.run(".ci/find-python"))


def test_a_shim_that_fails_does_not_hide_a_python_further_down_the_path(machine: Machine, tmp_path: Path) -> None:
    machine.has("python3.11", "exit 127")
    further = tmp_path / "further"
    further.mkdir()
    (further / "python3.11").symlink_to(BASE_PYTHON)
    found = machine.run(".ci/find-python", PATH=f"{machine.path}:{further}")
    assert found.returncode == 0 and Path(found.stdout.strip()).exists()


def test_a_wrong_python_setting_is_named(machine: Machine) -> None:
    machine.has_python()
    assert "/nowhere/python" in sentence(machine.run("make", "run", PYTHON="/nowhere/python"))


def test_without_uv_and_package_index_one_sentence_says_so(machine: Machine, dead_index: str) -> None:
    machine.has_python()
    machine.environment |= {"PIP_INDEX_URL": dead_index, "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}
    said = sentence(machine.run("make", "run"))
    assert "no package index answers" in said
    assert dead_index in (machine.project / "var/logs/bootstrap.log").read_text()


def test_with_uv_but_no_package_index_one_sentence_says_so(machine: Machine, dead_index: str) -> None:
    machine.has_python()
    (machine.path / "uv").symlink_to(shutil.which("uv") or ROOT / ".tools/uv/bin/uv")
    machine.environment |= {"UV_CACHE_DIR": str(machine.project / "cache"), "UV_HTTP_RETRIES": "0"}
    said = sentence(machine.run("make", "test", UV_DEFAULT_INDEX=dead_index))
    assert "no package index answers" in said
    assert not (machine.project / ".venv/.bootstrapped").exists()


def test_a_second_start_asks_nobody(machine: Machine) -> None:
    machine.has_python()
    machine.has("uv", UV)
    machine.environment["CHMOD"] = shutil.which("chmod") or "/bin/chmod"
    first = machine.run(".ci/bootstrap", PIP_CONFIG_FILE=os.devnull)
    assert first.returncode == 0, first.stderr
    (machine.project / "uv-was-called").unlink()
    second = machine.run(".ci/bootstrap")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert not (machine.project / "uv-was-called").exists()


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock"])
def test_a_changed_lock_or_project_file_is_installed_again(machine: Machine, name: str) -> None:
    machine.has_python()
    machine.has("uv", UV)
    machine.environment["CHMOD"] = shutil.which("chmod") or "/bin/chmod"
    assert machine.run(".ci/bootstrap").returncode == 0
    (machine.project / "uv-was-called").unlink()
    with (machine.project / name).open("a") as file:
        file.write("\n# changed\n")
    assert machine.run(".ci/bootstrap").returncode == 0
    assert "sync --frozen" in (machine.project / "uv-was-called").read_text()


def test_an_old_uv_is_not_used(machine: Machine, dead_index: str) -> None:
    machine.has_python()
    machine.has("uv", "echo 'uv 0.2.1'")
    machine.environment |= {"PIP_INDEX_URL": dead_index, "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}
    assert "uv could not be installed" in sentence(machine.run(".ci/bootstrap"))


def test_a_foreign_environment_does_not_leak_in(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('leaked')")
    machine.has_python()
    found = machine.run(".ci/find-python", PYTHONPATH=str(tmp_path), PYTHONHOME="/nowhere", VIRTUAL_ENV="/nowhere")
    assert found.returncode == 0 and "leaked" not in found.stderr


def test_make_alone_lists_every_target_with_its_purpose(machine: Machine) -> None:
    listed = machine.run("make")
    assert listed.returncode == 0
    for target in ("run", "test", "train", "check", "bench", "clean", "help"):
        assert f"  make {target} " in listed.stdout
