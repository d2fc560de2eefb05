"""Start the brain with another list of endpoints: ``python -m tests.crash.remote_brain <endpoints.yml>``."""

import sys
from pathlib import Path

from bot import logs, processes, settings
from bot.brain.supervisor import run

if __name__ == "__main__":
    logs.configure()
    chosen = settings.read(None)
    sys.exit(
        run(
            database_url=chosen.database_url, home=chosen.home, ports=processes.brain_ports(chosen),
            token=processes.brain_token(chosen), actions=chosen.brain_actions, endpoints=Path(sys.argv[1]),
        )
    )  # fmt: skip
