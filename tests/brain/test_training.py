import os
from pathlib import Path

import pytest

from bot.training import fingerprint, train_if_needed


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("config.yml", "domain.yml", "data/nlu/a.yml", "bot/brain/nlu/tokenizer.py", "README.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "data/nlu/a.yml", "bot/brain/nlu/tokenizer.py"])
def test_a_change_of_the_material_changes_the_fingerprint(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).write_text("changed")
    assert fingerprint(project) != before


def test_new_and_renamed_files_change_the_fingerprint(project: Path) -> None:
    before = fingerprint(project)
    (project / "data/nlu/a.yml").rename(project / "data/nlu/b.yml")
    assert fingerprint(project) != before


def test_other_files_change_nothing(project: Path) -> None:
    before = fingerprint(project)
    (project / "README.md").write_text("changed")
    (project / "data" / "notes.txt").write_text("changed")
    (project / "data" / "faq").mkdir()
    (project / "data" / "faq" / "delivery.yml").write_text("answers are looked up, not learned")
    os.utime(project / "config.yml")
    assert fingerprint(project) == before


def test_a_fitting_model_is_not_trained_again_and_becomes_the_newest(project: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    for name, wanted in (("old", fingerprint(project)), ("new", "other")):
        (models / f"{name}.tar.gz").write_bytes(b"")
        (models / f"{name}.fingerprint").write_text(wanted)
    os.utime(models / "old.tar.gz", (1, 1))
    said: list[str] = []
    assert train_if_needed(project, models, said.append) == models / "old.tar.gz"
    assert said == []
    assert (models / "old.tar.gz").stat().st_mtime >= (models / "new.tar.gz").stat().st_mtime
