"""`manage.py check_text`: the checks of a bare text, for people and for scripts."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "fixtures" / "sample-page.txt"
NUMBER = "13812345678"


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def asked(*arguments: str) -> tuple[int, str, str]:
    """How it ended, what it said and what it complained of."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("check_text", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(text: str | bytes, name: str = "a.txt") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_a_slip_is_said_with_its_line_and_column(file: Any) -> None:
    name = file("近日，民警走访。\n社区成为样版。\n")
    code, out, _err = asked(name)
    assert code == 0
    assert f"{name}:2:5 to be looked at “样版” is on the list of terms: “样板” is meant." in out


def test_what_must_be_mended_comes_first_and_ends_with_1(file: Any) -> None:
    code, out, _err = asked(file(f"社区成为样版。\n电话{NUMBER}。\n"))
    assert code == 1
    assert out.index(NUMBER) < out.index("样版")
    assert "must be mended 1 · to be looked at 1 · for your information 0" in out


def test_a_clean_text_ends_with_0(file: Any) -> None:
    name = file("近日，洸河派出所民警走访辖区企业，排查消防隐患。\n")
    assert asked(name) == (0, f"{name}: must be mended 0 · to be looked at 0 · for your information 0\n", "")


def test_the_sample_page_does_not_block() -> None:
    code, out, _err = asked(str(PAGE), "--date", "2021-12-31")
    assert code == 0
    assert f"{PAGE}:225:11 " in out


def test_the_slips_of_the_sample_page_are_found_through_its_cut_lines_and_little_else() -> None:
    (entry,) = json.loads(asked("--format", "json", "--date", "2021-12-31", str(PAGE))[1])
    warned = [finding for finding in entry["findings"] if finding["severity"] == "warn"]
    assert [(finding["key"], finding["text"]) for finding in warned] == [
        ("word_twice", "出所出所"),
        ("mark_not_opened", "”"),
        ("name_two_ways", "助学岗"),
        ("term_with_suggestion", "样版"),
        ("space_in_date", "2021 年 12 月 23 日"),
        ("offender_in_criminal_case", "违\n法行为人"),
    ]
    text = PAGE.read_text(encoding="utf-8")
    assert all(text[finding["start"] : finding["end"]] == finding["text"] for finding in entry["findings"])


def test_what_a_line_break_cuts_is_found_and_said_on_one_line(file: Any) -> None:
    name = file("洸河派出所创新打造的阳光盛景园\n成为全市智慧安防社区的样\n版，该小区管理模式得到认可。")
    assert f"{name}:2:12 to be looked at “样版” is on the list" in asked(name)[1]


def test_json_is_what_was_promised(file: Any) -> None:
    name = file(f"样版，{NUMBER}")
    code, out, _err = asked("--format", "json", name)
    assert code == 1
    assert json.loads(out) == [
        {
            "file": name,
            "findings": [
                {
                    "check": "terms",
                    "severity": "warn",
                    "start": 0,
                    "end": 2,
                    "key": "term_with_suggestion",
                    "text": "样版",
                    "suggestion": "样板",
                },
                {
                    "check": "telephone",
                    "severity": "block",
                    "start": 3,
                    "end": 14,
                    "key": "mobile_number",
                    "text": NUMBER,
                    "suggestion": "138****5678",
                },
            ],
        }
    ]


def test_offsets_count_characters_of_the_text_as_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff第一行\r\n😀样版\r\n".encode())
    (finding,) = json.loads(asked("--format", "json", str(path))[1])[0]["findings"]
    assert path.read_text(encoding="utf-8-sig")[finding["start"] : finding["end"]] == "样版"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_is_read_in_its_encoding(file: Any, encoding: str) -> None:
    name = file("社区成为样版。".encode(encoding))
    assert f"{name}:1:5 " in asked(name)[1]


def test_several_files_are_checked_and_the_worst_decides(file: Any) -> None:
    clean, bad = file("民警走访。", "clean.txt"), file(NUMBER, "bad.txt")
    code, out, _err = asked("--format", "json", bad, clean)
    assert code == 1
    assert [(entry["file"], len(entry["findings"])) for entry in json.loads(out)] == [(bad, 1), (clean, 0)]


def test_a_file_that_is_not_there_ends_with_2_and_the_others_are_checked(file: Any, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.txt")
    code, out, err = asked(missing, file("样版", "b.txt"))
    assert code == 2
    assert err.startswith(f"{missing}: The file cannot be read (")
    assert "样版" in out


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe\xff\xff", "This is no text in UTF-8 or GB18030. Save it as plain text first."),
        (b"PK\x03\x04\x00\x00", "This is no text in UTF-8 or GB18030. Save it as plain text first."),
        ("字" * 100_001, "The text is longer than 100,000 characters and was not checked. Divide it."),
        (b"a" * 900_000, "The text is longer than 100,000 characters and was not checked. Divide it."),
    ],
    ids=["bytes", "zip", "too long", "far too long"],
)
def test_what_cannot_be_checked_ends_with_2_and_a_sentence(file: Any, data: str | bytes, reason: str) -> None:
    name = file(data)
    assert asked(name) == (2, "", f"{name}: {reason}\n")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    code, _out, err = asked(str(tmp_path))
    assert (code, err.startswith(f"{tmp_path}: The file cannot be read (")) == (2, True)


def test_100_000_characters_are_taken(file: Any) -> None:
    assert asked("--format", "json", file("民警走访群众。" * 14_285 + "民警走访。"))[0] == 0


def test_an_empty_file_is_clean(file: Any) -> None:
    assert asked(file(""))[0] == 0


def test_the_date_of_publication_is_the_one_that_is_given(file: Any) -> None:
    name = file("2026年3月5日，派出所破获一起案件。")
    keys = [
        [
            finding["key"]
            for finding in json.loads(asked("--format", "json", "--date", day, name)[1])[0]["findings"]
        ]
        for day in ("2026-03-01", "2026-03-06")
    ]
    assert keys == [["date_lies_ahead"], []]


def test_what_is_no_date_is_refused(file: Any) -> None:
    with pytest.raises(CommandError, match="2026-02-30"):
        asked("--date", "2026-02-30", file("民警"))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("社区成为样版。".encode("gb18030"))))
    assert "-:1:5 " in asked("-")[1]


def by_itself(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own, with a database that cannot be reached."""
    return subprocess.run(
        [sys.executable, "manage.py", "check_text", *arguments],
        cwd=ROOT,
        input=text.encode(),
        capture_output=True,
        timeout=60,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "BULLETINS_MODE": "development"}
        | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", **environment},
    )


def test_it_works_without_a_database_and_ends_with_1_for_a_script() -> None:
    ended = by_itself("--format", "json", "-", text=f"电话{NUMBER}")
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert json.loads(ended.stdout)[0]["findings"][0]["text"] == NUMBER


def test_a_terminal_that_knows_no_chinese_does_not_make_it_fail() -> None:
    ended = by_itself("-", text="社区成为样版。", PYTHONIOENCODING="ascii")
    assert ended.returncode == 0, ended.stderr
    assert rb"\u6837\u7248" in ended.stdout


def test_without_a_file_it_says_how_it_is_called() -> None:
    ended = by_itself()
    assert (ended.returncode, b"usage:" in ended.stderr) == (2, True)
