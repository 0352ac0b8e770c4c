"""Each `question.toml` agrees with its question's check."""

import pytest

from interview import questions
from interview.checks import registry
from interview.study_notebooks import numbers
from tests.checks import answers

NUMBERS = pytest.mark.parametrize("number", numbers(), ids="{:02d}".format)


def test_each_question_has_a_notebook_and_a_folder():
    assert registry.numbers() == numbers()


@NUMBERS
def test_the_manifest_is_whole(number):
    manifest = registry.of(number)
    assert manifest.asked
    for bounds in manifest.bounds.values():
        assert set(bounds) <= {"committed", "reduced"}
        assert all(set(bound) <= {"min", "max"} for bound in bounds.values())


@NUMBERS
def test_the_check_has_the_names_in_their_order(number):
    names = registry.of(number).names
    assert answers.question(number).names == names
    assert tuple(part.name for part in questions.read(number).parts) == names


@NUMBERS
def test_claims_are_found_without_importing_their_check(number):
    """Each id has one sentence in a question, and one meaning in a part."""
    parts = answers.question(number).parts
    claims = {(claim.id, claim.says) for part in parts for claim in part.claims}
    assert len(claims) == len(dict(claims))
    assert dict(claims).items() <= registry.sentences(number).items()
    for id, says in claims:
        assert registry.claim_id(number, says) == id
        assert registry.claim_id(number, id) == id


def broken(tmp_path, monkeypatch, text: str | None) -> str:
    """The error message for a `question.toml` with this text."""
    folder = tmp_path / "q77"
    folder.mkdir()
    if text is not None:
        (folder / "question.toml").write_text(text)
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    with pytest.raises(registry.ManifestError) as error:
        registry.of(77)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "q77/question.toml can't be read: No such file"),
        ("minutes = ", "q77/question.toml: "),
        ("minutes = 3", "has no table 'names'"),
        ("minuets = 4\n[names]\nasked = ['f']", "'minuets'"),
        ("[names]\nasked = ['f']", "'title', 'minutes'"),
    ],
)
def test_what_a_manifest_lacks_is_said(tmp_path, monkeypatch, text, says):
    assert says in broken(tmp_path, monkeypatch, text)
