"""Start the brain's supervisor as a process of its own: ``python supervised.py <models> <database url> <port>…``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "project"))

from bot import logs
from bot.brain.supervisor import run

if __name__ == "__main__":
    models, url, *ports = sys.argv[1:]
    logs.configure()
    sys.exit(
        run(
            database_url=url,
            home=Path(models),
            ports=[int(port) for port in ports],
            token="brain-token",
            models=Path(models),
            actions_package="shop_actions",
        )
    )
