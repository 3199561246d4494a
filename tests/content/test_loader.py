"""The loader: a faultless set loads, and every mistake is told with its file, line and field, all in one go."""

from pathlib import Path

import pytest

from bot.content.loader import ContentError, load_sets
from tests.support.question_set import SetFolder, good_set

SOUP = "questions/cold-soup.yaml"
GUEST = "questions/angry-guest.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> SetFolder:
    return good_set(tmp_path / "content")


def mistakes(folder: SetFolder) -> list[str]:
    """As they are printed, with the files' paths in the set."""
    with pytest.raises(ContentError) as error:
        load_sets(folder.root)
    return [str(mistake).removeprefix(f"{folder.path}/") for mistake in error.value.mistakes]


def test_a_faultless_set_loads_in_the_order_of_its_list(folder: SetFolder) -> None:
    (loaded,) = load_sets(folder.root)
    assert loaded.slug == "waiters"
    assert [question.slug for question in loaded.items] == ["angry-guest", "cold-soup"]
    assert loaded.items[0].ru.prompt.startswith("prompt-привет")
    assert list(loaded.items[0].fa.points) == ["listens", "explains", "follows-up"]


def test_the_order_of_the_list_counts_and_not_that_of_the_files(folder: SetFolder) -> None:
    folder.spoil("set.yaml", "  - angry-guest\n  - cold-soup", "  - cold-soup\n  - angry-guest")
    (loaded,) = load_sets(folder.root)
    assert [question.slug for question in loaded.items] == ["cold-soup", "angry-guest"]


@pytest.mark.parametrize(
    ("old", "new", "field", "line_of"),
    [
        pytest.param("difficulty: 1", "difficulty: 4", "difficulty", "difficulty", id="out of range"),
        pytest.param("difficulty: 1", "difficulty: hard", "difficulty", "difficulty", id="not a number"),
        pytest.param("slug: cold-soup", "slug: Cold Soup", "slug", "slug", id="a slug with a space"),
        pytest.param("tags: [guests]", "tags: []", "tags", "tags", id="no tags"),
        pytest.param("tags: [guests]", "tags: [guests, Ünknown]", "tags.1", "tags", id="the second tag"),
        pytest.param("tags: [guests]", "tags: [guests]\nhint: no", "hint", "hint", id="an unknown field"),
        pytest.param("  prompt: prompt-سلام", "  # prompt: ", "fa.prompt", "fa:", id="a missing field"),
        pytest.param("  prompt: prompt-سلام", "  prompt: چی؟ #", "fa.prompt", "  prompt", id="too short"),
        pytest.param("\nru:\n", "\nde:\n", "ru", "slug", id="a missing language"),
        pytest.param("привет " * 50, "", "ru.model_answer", "model_answer: привет", id="a short answer"),
        pytest.param("[a*, b*, c*, d*]", "[a*, b*]", "fa.points.listens.cues", "cues: [a*, b*]", id="few cues"),
        pytest.param("label: سلام 2", "lable: سلام 2", "fa.points.explains.lable", "lable", id="a slip"),
        pytest.param("label: سلام 2", "label: yes", "fa.points.explains.label", "label: yes", id="yes is no text"),
        pytest.param("category: general", "category: soups", "category", "category", id="an unknown category"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_field(
    folder: SetFolder, old: str, new: str, field: str, line_of: str
) -> None:
    folder.spoil(SOUP, old, new)
    line = folder.line(SOUP, line_of)
    found = mistakes(folder)
    assert any(one.startswith(f"{SOUP}:{line}: {field}: ") for one in found), found
    assert "Value error" not in "".join(found), "that is the checker's word, not the author's"


def test_points_that_differ_between_the_languages_are_told(folder: SetFolder) -> None:
    folder.spoil_last(SOUP, "explains:", "shouts:")
    (mistake,) = mistakes(folder)
    line = folder.line(SOUP, "shouts:")
    assert mistake.startswith((f"{SOUP}:{line}: ru.points", f"{SOUP}:{line - 4}: ru.points"))
    assert "explains" in mistake or "shouts" in mistake, "which point is meant should be told"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("slug: cold-soup\ncategory: [general\ndifficulty: 1\n", 3, id="an open bracket"),
        pytest.param("slug: cold-soup\n\tcategory: general\n", 2, id="a tab"),
        pytest.param("slug: cold-soup\nslug2: 'open\n", 2, id="an open quotation mark"),
        pytest.param("slug: !!python/object/apply:os.getcwd []\n", 1, id="a call in disguise"),
        pytest.param("slug: cold-soup\ncategory: general\nslug: hot-soup\n", 3, id="a field written twice"),
        pytest.param("slug: cold-soup\ncategory: \x07\n", 2, id="a control character"),
    ],
)
def test_bad_yaml_is_told_with_its_line(folder: SetFolder, text: str, line: int) -> None:
    folder.write(SOUP, text)
    found = [mistake for mistake in mistakes(folder) if mistake.startswith(SOUP)]
    assert any(0 <= int(mistake.split(":")[1]) - line <= 1 for mistake in found), found
    assert all("\n" not in mistake for mistake in found)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n", "just words\n", "5\n"])
def test_a_file_that_is_no_mapping_is_told(folder: SetFolder, text: str) -> None:
    folder.write(SOUP, text)
    (mistake,) = mistakes(folder)
    assert mistake.startswith(f"{SOUP}:1: ")


def test_a_file_in_another_encoding_is_told(folder: SetFolder) -> None:
    folder.write(SOUP, folder.read(SOUP).replace("سلام", "привет").encode("cp1251"))
    (mistake,) = mistakes(folder)
    assert mistake.startswith(f"{SOUP}:")
    assert "UTF-8" in mistake


def test_a_point_written_twice_is_told(folder: SetFolder) -> None:
    folder.spoil(SOUP, "    explains:\n", "    listens:\n")
    found = mistakes(folder)
    line = folder.line(SOUP, "label: سلام 2") - 1
    assert any(mistake.startswith(f"{SOUP}:{line}: ") and "listens" in mistake for mistake in found), found


@pytest.mark.parametrize("spoilt", ["\ufeff", "\r\n"])
def test_what_an_editor_on_windows_adds_does_no_harm(folder: SetFolder, spoilt: str) -> None:
    text = folder.read(SOUP)
    folder.write(SOUP, spoilt + text if spoilt == "\ufeff" else text.replace("\n", spoilt))
    (loaded,) = load_sets(folder.root)
    assert len(loaded.items) == 2


def test_all_mistakes_of_all_files_are_told_in_one_go(folder: SetFolder) -> None:
    folder.spoil(SOUP, "difficulty: 1", "difficulty: 9")
    folder.spoil(SOUP, "category: general", "category: soups")
    folder.spoil(SOUP, "  purpose: purpose-سلام", "  # ")
    folder.spoil_last(GUEST, "follows-up:", "follows-down:")
    folder.spoil(GUEST, "tags: [guests]", "tags: []")
    folder.spoil("set.yaml", "  - cold-soup\n", "  - cold-soup\n  - lost-keys\n")
    folder.write("questions/broken.yaml", "slug: [\n")
    (folder.root / "cooks").mkdir()
    (folder.root / "cooks" / "set.yaml").write_text("slug: cooks\n")
    found = mistakes(folder)
    for part in (
        f"{SOUP}:3: difficulty", f"{SOUP}:2: category", "fa.purpose", f"{GUEST}:4: tags", "ru.points", "lost-keys",
        "broken.yaml:", "cooks/set.yaml:1: title", "cooks/set.yaml:1: categories", "cooks/set.yaml:1: questions",
    ):  # fmt: skip
        assert any(part in mistake for mistake in found), f"{part} is not among:\n" + "\n".join(found)
    assert found == sorted(found, key=lambda mistake: mistake.split(":")[0])
