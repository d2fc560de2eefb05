"""Compile the schemas once that Rasa checks again and again.

Rasa checks every answer of a custom action, and every mark in a training sentence, with ``jsonschema.validate``, which first
checks its own constant schema again: two thirds of the time of a turn, and nine tenths of reading marked sentences. The checks
stay, compiled once, and in Rust.
"""

from typing import Any

from jsonschema_rs import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.nlu.training_data.schemas.data_schema import entity_dict_schema
from rasa.shared.utils import validation

REPLACED = "_validate_action_result"
REPLACED_IN_TRAINING = "validate_training_data"


def check_answers_fast() -> None:
    """Replace Rasa's check by the compiled one; fail at once when a new Rasa no longer has what is replaced."""
    if REPLACED not in vars(RemoteAction):
        raise RuntimeError(f"RemoteAction has no {REPLACED} any more: look at this module again")
    compiled = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(_action: RemoteAction, answer: dict[str, Any]) -> bool:
        compiled.validate(answer)
        return True

    setattr(RemoteAction, REPLACED, validate)


def check_marks_fast() -> None:
    """Let Rasa's own check of a mark see only those that the compiled one refuses: its message is the better one."""
    known = entity_dict_schema()
    compiled, thorough = Draft202012Validator(known), getattr(validation, REPLACED_IN_TRAINING)

    def validate(mark: dict[str, Any], schema: dict[str, Any]) -> None:
        if schema != known or not compiled.is_valid(mark):
            thorough(mark, schema)

    setattr(validation, REPLACED_IN_TRAINING, validate)
