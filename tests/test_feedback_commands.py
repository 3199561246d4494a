"""python -m bot feedback: figures for people and for programs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli

GOOD = {
    "question": "angry-customer", "locale": "ru", "kind": "good", "answer": "Я выслушаю.", "points": ["listens"],
}  # fmt: skip
MISSED = {**GOOD, "kind": "partial", "answer": "Я пью чай.", "points": ["listens"]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    labelled = tmp_path / "answers.jsonl"
    labelled.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in (GOOD, MISSED)))
    return labelled


def scored(*arguments: str) -> str:
    done = CliRunner().invoke(cli, ["feedback", "score", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_figures_are_told_by_language_and_kind(file: Path) -> None:
    lines = [line.split() for line in scored(str(file)).splitlines()]
    assert ["ru", "all", "2", "answers", "precision", "1.000", "recall", "0.500", "F1", "0.667"] in [
        line[:10] for line in lines
    ]
    assert [line[1] for line in lines if line[0] == "ru"] == ["all", "good", "partial"]


def test_misses_are_told_on_request(file: Path) -> None:
    assert "чай" not in scored(str(file))
    assert "Я пью чай.\n  missed: listens; mistaken: -" in scored(str(file), "--misses")


def test_programs_get_json(file: Path) -> None:
    told = json.loads(scored(str(file), "--json"))
    assert told["ru"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert told["fa"]["f1"] == 1
    [miss] = told["misses"]
    assert (miss["question"], miss["missed"], miss["mistaken"]) == ("angry-customer", ["listens"], [])


def test_a_file_that_is_wrong_or_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "wrong.jsonl").write_text("{}\n")
    for name in ("wrong.jsonl", "none.jsonl"):
        done = CliRunner().invoke(cli, ["feedback", "score", str(tmp_path / name)])
        assert done.exit_code == 2
        assert len(done.stderr.splitlines()) == 1
        assert name in done.stderr


def test_without_corrections_there_is_nothing_to_list(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    done = CliRunner().invoke(cli, ["feedback", "corrections"])
    assert (done.exit_code, done.output) == (0, "")
