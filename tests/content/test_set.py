"""What must fit together between the files of a set, and folders that are no sets."""

from pathlib import Path

import pytest

from bot.content.loader import ContentError, load_sets
from tests.support.question_set import SetFolder, good_set

SOUP = "questions/cold-soup.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> SetFolder:
    return good_set(tmp_path / "content")


def mistakes(root: Path) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_sets(root)
    return [str(mistake).removeprefix(f"{root}/") for mistake in error.value.mistakes]


def the_mistake(folder: SetFolder) -> str:
    (only,) = mistakes(folder.root)
    return only.removeprefix("waiters/")


def test_a_question_that_is_not_listed_is_told(folder: SetFolder) -> None:
    folder.spoil("set.yaml", "  - cold-soup\n", "")
    mistake = the_mistake(folder)
    assert mistake.startswith(f"{SOUP}:1: slug: ")
    assert "not listed" in mistake


def test_a_listed_question_without_a_file_is_told(folder: SetFolder) -> None:
    folder.spoil("set.yaml", "  - cold-soup\n", "  - cold-soup\n  - lost-keys\n")
    mistake = the_mistake(folder)
    assert mistake.startswith(f"set.yaml:{folder.line('set.yaml', 'lost-keys')}: questions.2: ")
    assert "lost-keys.yaml" in mistake


def test_a_question_that_is_listed_twice_is_told(folder: SetFolder) -> None:
    folder.spoil("set.yaml", "  - cold-soup\n", "  - cold-soup\n  - angry-guest\n")
    mistake = the_mistake(folder)
    last = len(folder.read("set.yaml").splitlines())
    assert mistake.startswith(f"set.yaml:{last}: questions.2: ")
    assert "twice" in mistake


def test_a_file_that_is_not_named_like_its_question_is_told(folder: SetFolder) -> None:
    folder.write("questions/warm-soup.yaml", folder.read(SOUP))
    mistake = the_mistake(folder)
    assert mistake.startswith("questions/warm-soup.yaml:1: slug: ")
    assert "cold-soup" in mistake


def test_a_folder_that_is_not_named_like_its_set_is_told(folder: SetFolder) -> None:
    folder.path.rename(folder.root / "cooks")
    (mistake,) = mistakes(folder.root)
    assert mistake.startswith("cooks/set.yaml:1: slug: ")
    assert "waiters" in mistake


def test_a_broken_question_is_not_called_missing_as_well(folder: SetFolder) -> None:
    folder.write(SOUP, "slug: cold-soup\ncategory: [\n")
    assert the_mistake(folder).startswith(f"{SOUP}:")


def test_questions_are_checked_even_if_the_list_is_broken(folder: SetFolder) -> None:
    folder.spoil("set.yaml", "slug: waiters", "slug: [")
    folder.spoil(SOUP, "difficulty: 1", "difficulty: 9")
    files = {mistake.split(":")[0] for mistake in mistakes(folder.root)}
    assert files == {"waiters/set.yaml", f"waiters/{SOUP}"}


def test_questions_without_a_list_are_told(folder: SetFolder) -> None:
    (folder.root / "cooks" / "questions").mkdir(parents=True)
    (folder.root / "cooks" / "questions" / "cold-soup.yaml").write_text(folder.read(SOUP), encoding="utf-8")
    (mistake,) = mistakes(folder.root)
    assert mistake.startswith("cooks")
    assert "set.yaml" in mistake


def test_a_question_with_another_ending_is_told(folder: SetFolder) -> None:
    (folder.path / SOUP).rename(folder.path / "questions" / "hot-soup.yml")
    folder.spoil("set.yaml", "  - cold-soup\n", "")
    assert "hot-soup.yml" in the_mistake(folder)


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_a_folder_without_sets_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (mistake,) = mistakes(tmp_path / name)
    assert "set.yaml" in mistake


def test_sets_side_by_side_load_by_name(folder: SetFolder) -> None:
    other = SetFolder(folder.root / "elsewhere")
    good_set(other.root)
    other.spoil("set.yaml", "slug: waiters", "slug: cooks")
    other.path.rename(folder.root / "cooks")
    assert [found.slug for found in load_sets(folder.root)] == ["cooks", "waiters"]
