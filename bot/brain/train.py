"""Train one model from the project in the working directory: ``python -m bot.brain.train <name> <folder>``."""

import logging
import sys
from importlib import import_module

from bot.brain.quiet import hush, quiet_logs


def main(name: str, folder: str) -> int:
    """Train everything from scratch; Rasa's own cache does not notice a change in the code of our components."""
    hush()
    # Before TensorFlow, as in the supervisor: its import searches every loaded module.
    import_module("skops.io")
    from rasa.model_training import train

    from bot.brain.validation import check_marks_fast

    check_marks_fast()
    quiet_logs()
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)
    result = train("domain.yml", "config.yml", ["data"], output=folder, fixed_model_name=name, force_training=True)
    return result.code if result.model else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
