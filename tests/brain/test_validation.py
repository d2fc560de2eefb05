import pytest

pytestmark = pytest.mark.brain


def test_what_is_replaced_still_exists_in_rasa() -> None:
    import inspect

    from rasa.core.actions import action

    from bot.brain.validation import REPLACED

    assert f"def {REPLACED}(self, result" in inspect.getsource(action.RemoteAction)
    assert "_validate_action_result(response)" in inspect.getsource(action.RemoteAction.run)


def test_a_malformed_answer_of_an_action_is_still_refused() -> None:
    from jsonschema_rs import ValidationError
    from rasa.core.actions.action import RemoteAction

    from bot.brain.validation import check_answers_fast

    check_answers_fast()
    check = RemoteAction("action_any", None)._validate_action_result
    assert check({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []})
    with pytest.raises(ValidationError):
        check({"events": [{"no": "event"}], "responses": []})
    with pytest.raises(ValidationError):
        check({"events": [], "responses": "hello"})


def test_a_mark_is_checked_fast_and_a_malformed_one_is_still_refused() -> None:
    import inspect

    from rasa.shared.exceptions import SchemaValidationError
    from rasa.shared.nlu.training_data import entities_parser

    from bot.brain.validation import REPLACED_IN_TRAINING, check_marks_fast

    assert f"validation_utils.{REPLACED_IN_TRAINING}(" in inspect.getsource(entities_parser)
    check_marks_fast()
    [found] = entities_parser.find_entities_in_training_example('I love [tea]{"entity": "dietary", "role": "like"}')
    assert (found["entity"], found["role"]) == ("dietary", "like")
    with pytest.raises(SchemaValidationError):
        entities_parser.find_entities_in_training_example('I love [tea]{"entity": 5}')
