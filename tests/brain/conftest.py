"""Train the small project once and keep its model between test runs as long as nothing changed."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.training import train_if_needed

if TYPE_CHECKING:
    from bot.brain.agent import BrainAgent

REPOSITORY = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"


@pytest.fixture(scope="session")
def shop_models(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """Return a folder with a trained model of the small project, made with the real config.yml.

    Only the sentence encoder stays out: ten sentences need none, and the crash tests try the house and not the model.
    """
    root = tmp_path_factory.mktemp("shop")
    shutil.copy(PROJECT / "domain.yml", root)
    config = (REPOSITORY / "config.yml").read_text()
    assert "encoder: universal" in config
    (root / "config.yml").write_text(config.replace("encoder: universal", "encoder: none"))
    shutil.copytree(PROJECT / "data", root / "data")
    shutil.copytree(REPOSITORY / "bot" / "brain" / "nlu", root / "bot" / "brain" / "nlu")
    # Only for the fingerprint: were this folder called bot on sys.path, the training would import it.
    models = Path(pytestconfig.cache.mkdir("shop-models")) if pytestconfig.cache else root / "models"
    train_if_needed(root, models)
    return models


@pytest.fixture(scope="session")
def shop_agent(shop_models: Path) -> "BrainAgent":
    """Load the small project's model into this process."""
    sys.path.insert(0, str(PROJECT))
    from bot.brain.supervisor import load

    return load(shop_models, REPOSITORY / "endpoints.yml", "inline", "shop_actions")


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Path]:
    """Name the file in which the small project's actions write what they did."""
    path = tmp_path / "diary"
    path.touch()
    os.environ["SHOP_DIARY"] = str(path)
    yield path
    del os.environ["SHOP_DIARY"]
