"""Keep Rasa, TensorFlow and their friends from chatting: no customer words in logs, no calls home.

Import this before anything that imports rasa: some of it is read from the environment at import.
"""

import logging
import os
from collections.abc import MutableMapping
from typing import Any, Final

_ENVIRONMENT: Final = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    # One worker is one core: more threads only fight for it, and threads do not survive a fork.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
_LOUD: Final = ("rasa", "rasa_sdk", "tensorflow", "jieba", "matplotlib", "asyncio", "apscheduler", "absl")
_WORDS: Final = frozenset(
    "text response_text user_text slot_values parse_data_text parse_data_entities prediction_events "
    "tracker_latest_message prefilled_slots message response slot_candidates rasa_event rasa_events tracker_states "
    "current_states old_states successes current_entity next_entity states entity token_text user_message "
    "json_message exception exc_info".split()
)
"""Keys under which Rasa's structured logs carry what a customer said."""


def hush() -> None:
    """Set the environment; nothing of Rasa may have been imported before."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # Hundreds of lines about other people's code, some of which quote what was parsed. A filter would not hold: several
    # libraries put their own in front while they are imported.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)


def forget_words(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop everything a customer may have said from a log entry."""
    return {key: value for key, value in entry.items() if key not in _WORDS}


def quiet_logs() -> None:
    """Lift Rasa's loggers to WARNING and put ``forget_words`` in front of whatever structlog does."""
    import structlog
    from rasa.utils.log_utils import configure_structlog

    if not structlog.is_configured():
        configure_structlog(logging.INFO)
    present = structlog.get_config()["processors"]
    if forget_words not in present:
        # Rasa writes dozens of debug lines per turn: drop them before anything is spent on them.
        structlog.configure(processors=[structlog.stdlib.filter_by_level, forget_words, *present])
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
