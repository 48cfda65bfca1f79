"""Lists of terms come in and go out; what is broken is said, line by line."""

import csv
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bulletins.models.term import TermSeverity
from bulletins.readiness import Severity, term_sheets
from bulletins.readiness.term_files import MOST_LINES, NoList, TermList, read, to_csv, to_xlsx
from bulletins.readiness.term_lines import BrokenLine, term_of
from bulletins.readiness.terms import Term

HEAD = "match,suggestion,severity,exceptions,note,valid_from,valid_to\n"


def csv_list(lines: str, *, encoding: str = "utf-8") -> TermList:
    return read("list.csv", (HEAD + lines).encode(encoding))


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reasons(found: TermList) -> list[tuple[int, str]]:
    with override("en"):
        return [(left.line, str(left.reason)) for left in found.left_out]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_whatever_an_office_saves_it(encoding: str) -> None:
    found = csv_list("样版,样板,warn,样版面|样版本,板材,2026-01-01,2026年12月31日\n", encoding=encoding)
    assert found.left_out == []
    assert found.terms == [
        Term(
            "样版",
            ("样版面", "样版本"),
            Severity.WARN,
            "样板",
            "板材",
            date(2026, 1, 1),
            date(2026, 12, 31),
        )
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like(end: str) -> None:
    assert [t.match for t in read("a.csv", f"match{end}样版{end}按装{end}".encode()).terms] == [
        "样版",
        "按装",
    ]


@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_columns_may_be_parted_by_comma_tab_or_semicolon(between: str) -> None:
    text = "\n".join(between.join(row) for row in [("词语", "建议", "级别"), ("样版", "样板", "禁止")])
    assert read("a.csv", text.encode()).terms == [Term("样版", (), Severity.BLOCK, "样板")]


@pytest.mark.parametrize("severity", TermSeverity)
def test_a_severity_may_be_called_as_the_desk_calls_it(severity: TermSeverity) -> None:
    with override("zh-hans"):
        called = str(severity.label)
    assert csv_list(f"样版,样板,{called},,,,\n").terms == [Term("样版", (), Severity(severity.value), "样板")]


def test_columns_may_stand_in_any_order_and_be_more() -> None:
    assert read("a.csv", "编号,建议,词语\n1,样板,样版\n".encode()).terms == [Term("样版", suggestion="样板")]


@pytest.mark.parametrize("between", ["|", "｜", "、", "；", ";", " | "])
def test_exceptions_may_be_parted_as_people_part_them(between: str) -> None:
    found = csv_list(f"政部,,,市政部门{between}民政部,,,\n")
    assert found.terms[0].exceptions == ("市政部门", "民政部")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",样板,warn,,,,", "There is no term in it."),
        ("\u200b,样板,warn,,,,", "There is no term in it."),
        ("样版,样板,bad,,,,", "The severity “bad” is none of block, warn, info."),
        ("样版,样板,,市政,,,", "The exception “市政” is no longer word with the term in it."),
        ("样版,样板,,样版,,,", "The exception “样版” is no longer word with the term in it."),
        ("样版,样板,,,,2026-02-30,", "“2026-02-30” is no date. Write it like 2026-01-31."),
        ("样版,样板,,,,soon,", "“soon” is no date. Write it like 2026-01-31."),
        ("样版,样板,,,,2026-02-02,2026-02-01", "It ends before it begins to hold."),
        ("样版,样版,,,,,", "The suggestion is the term itself."),
        ("样" * 101 + ",,,,,,", "A term has at most 100 letters, a note at most 1,000."),
        ("样版,,,," + "长" * 1001 + ",,", "A term has at most 100 letters, a note at most 1,000."),
        ("样\x07版,,,,,,", "The term has a letter in it that nobody sees, such as a line break."),
        ("样\x00版,,,,,,", "Some letters cannot be read. Save the list as UTF-8."),
        ('"样版,样板,,,,,', "A quotation mark is opened and never closed, or a cell is too long."),
        ("好的,好,,,,,", "The same term stands in line 2 already."),
    ],
)
def test_a_broken_line_is_left_out_with_its_reason_and_the_others_are_taken(line: str, reason: str) -> None:
    found = csv_list(f"好的,,,,,,\n{line}\n按装,安装,,,,,\n")
    assert [term.match for term in found.terms] == ["好的", "按装"]
    assert reasons(found) == [(3, reason)]


def test_a_note_on_two_lines_of_its_cell_is_one_line_of_the_list() -> None:
    found = csv_list('样版,样板,,,"一\n二",,\n坏,,worst,,,,\n')
    assert found.terms[0].note == "一\n二"
    assert [line for line, _reason in reasons(found)] == [4]


def test_a_quote_that_never_closes_does_not_swallow_the_rest() -> None:
    found = csv_list('"样版,样板,,,,,\n' + "".join(f"词{n},,,,,,\n" for n in range(500)))
    assert len(found.terms) == 500
    assert [line for line, _reason in reasons(found)] == [2]


def test_a_line_in_another_encoding_is_left_out_alone() -> None:
    data = (
        HEAD.encode() + "按装,安装,,,,,\n".encode() + b"\xff\xfe\xff,x,,,,,\n" + "布署,部署,,,,,\n".encode()
    )
    found = read("a.csv", data)
    assert [term.match for term in found.terms] == ["按装", "布署"]
    assert reasons(found) == [(3, "Some letters cannot be read. Save the list as UTF-8.")]


def test_empty_lines_are_no_fault() -> None:
    found = csv_list("\n,,,,,,\n样版,样板,,,,,\n\n")
    assert (len(found.terms), found.left_out) == (1, [])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.csv", b"\n\n", "The file is empty."),
        ("a.csv", "样版,样板\n".encode(), "The first line must name the columns; one of them must be “match” (词语)."),
        ("a.xlsx", b"text", "The file is damaged: it is called .xlsx, but is no such table."),
        ("a.xlsx", b"PK\x03\x04broken", "The file is damaged: it is called .xlsx, but is no such table."),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "This is a table of the old kind (.xls). Save it as .xlsx or CSV."),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(name: str, data: bytes, reason: str) -> None:
    with override("en"):
        with pytest.raises(NoList) as refused:
            read(name, data)
        assert str(refused.value) == reason


def test_a_table_is_read_with_its_dates_and_numbers() -> None:
    data = xlsx(("match", "suggestion", "valid_from", "note"), ("样版", "样板", datetime(2026, 1, 2), 110.0))
    assert read("a.xlsx", data).terms == [
        Term("样版", suggestion="样板", note="110", valid_from=date(2026, 1, 2))
    ]


def test_a_broken_line_of_a_table_is_left_out_with_its_number() -> None:
    found = read("a.xlsx", xlsx(("match", "severity"), ("样版", "worst"), ("按装", "warn")))
    assert [term.match for term in found.terms] == ["按装"]
    assert reasons(found) == [(2, "The severity “worst” is none of block, warn, info.")]


def test_a_table_that_would_unpack_to_a_full_disk_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("x", "w") as part:
        for _ in range(201):
            part.write(bytes(1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with override("en"), pytest.raises(NoList, match="too large"):
        read("a.xlsx", out.getvalue())


def test_a_hundred_thousand_lines_are_taken_and_the_broken_ones_said() -> None:
    lines = "".join(f"词{n},,{'worst' if n % 1000 == 0 else 'warn'},,,,\n" for n in range(100_000))
    begun = time.process_time()
    found = csv_list(lines)
    assert (len(found.terms), len(found.left_out)) == (99_900, 100)
    assert time.process_time() - begun < 20


def test_lines_beyond_the_most_are_said_to_be_left_out() -> None:
    found = csv_list("".join(f"词{n}\n" for n in range(MOST_LINES + 1)))
    assert len(found.terms) == MOST_LINES
    assert "at most 200,000" in reasons(found)[-1][1]


def test_empty_rows_of_a_table_are_not_counted() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["A400000"] = "match", "样版", "按装"
    out = io.BytesIO()
    book.save(out)
    assert read("a.xlsx", out.getvalue()) == TermList([Term("样版"), Term("按装")])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "\t"])
def test_no_cell_that_goes_out_is_a_formula(sign: str) -> None:
    term = Term(f"{sign}1+1", suggestion=f"{sign}cmd()", note=f"{sign}x")
    cells = next(iter(list(csv.reader(io.StringIO(to_csv([term]).decode("utf-8-sig"))))[1:]))
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t"))]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([term]))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_table_that_goes_out_is_read_by_another_program_letter_for_letter() -> None:
    note = ' “一”\n"二" _x0041_'
    term = Term("<a&b>]]>", ("x<a&b>]]>",), note=note, valid_to=date(2026, 1, 2))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([Term("甲"), term]))).worksheets[0]
    head, first, second = ([cell or "" for cell in row] for row in sheet.iter_rows(values_only=True))
    assert head == HEAD.strip().split(",")
    assert first == ["甲", "", "warn", "", "", "", ""]
    assert second[:4] + second[5:] == ["<a&b>]]>", "", "warn", "x<a&b>]]>", "", "2026-01-02"]
    # It leaves to its user what Excel does itself.
    assert unescape(second[4]) == note


words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co", "Zs", "Mn")) | st.sampled_from("=+-@'"),
    min_size=1,
    max_size=8,
)  # fmt: skip
days = st.dates(date(2000, 1, 1), date(2010, 1, 1)) | st.none()
a_term = st.builds(
    lambda match, more, severity, suggestion, note, first, last: Term(
        match,
        tuple(f"{match}{extra}" for extra in more),
        severity,
        "" if suggestion == match else suggestion,
        note,
        first,
        last,
    ),
    words.filter(lambda word: not set(word) & set("|｜、;；")),
    st.lists(st.sampled_from(["部门", "甲"]), max_size=2, unique=True),
    st.sampled_from(Severity),
    words | st.just(""),
    words | st.just(""),
    days,
    st.dates(date(2011, 1, 1), date(2020, 1, 1)) | st.none(),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.lists(a_term, max_size=4, unique_by=lambda term: term.match))
def test_what_goes_out_comes_in_again(terms: list[Term]) -> None:
    assert read("a.csv", to_csv(terms)) == TermList(terms)
    assert read("a.xlsx", to_xlsx(terms)) == TermList(terms)


def typed(**cells: str) -> Term | None:
    """What becomes a term of what somebody typed, if anything."""
    try:
        return term_of(cells)
    except BrokenLine:
        return None


anything = st.text(
    st.characters(codec="utf-8") | st.sampled_from("=+-@'\"|,;、\n\r\t \u3000_x0041"), max_size=12
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(anything.filter(lambda match: typed(match=match)), anything, anything, anything)
@example("甲", "_x0041_", "'=", "=1\n\n+2\n")
@example("_x0041_", "", "'", "a\rb\r\nc\u2028d")
def test_whatever_is_taken_from_somebody_goes_out_and_comes_in_again_as_it_is(
    match: str, suggestion: str, exception: str, note: str
) -> None:
    term = typed(match=match, suggestion=suggestion, exceptions=f"{match}{exception}", note=note)
    if term is None:
        term = typed(match=match, note=note)
    assert term is not None
    assert read("a.csv", to_csv([term])) == TermList([term])
    assert read("a.xlsx", to_xlsx([term])) == TermList([term])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            f"样版,样板,,{'样版' + '长' * 99},,,",
            "The exception “样版" + "长" * 38 + "” is longer than 100 letters.",
        ),
        (f"样版,样板,,{'|'.join(f'样版{n}' for n in range(201))},,,", "A term has at most 200 exceptions."),
    ],
)
def test_exceptions_have_their_measure(line: str, reason: str) -> None:
    assert reasons(csv_list(f"{line}\n")) == [(2, reason)]


def test_a_note_has_no_more_lines_than_a_record_of_a_list_may() -> None:
    found = read(
        "a.xlsx", xlsx(("match", "note"), ("样版", "一\n" * 20 + "二"), ("按装", "一\n" * 19 + "二"))
    )
    assert [term.match for term in found.terms] == ["按装"]
    assert reasons(found) == [(2, "A note has at most 20 lines.")]


def test_two_periods_of_a_word_are_two_terms_and_an_open_one_reaches_to_the_end_of_days() -> None:
    found = csv_list("甲,,,,,,2026-01-01\n甲,,,,,2026-01-02,\n甲,,,,,2026-01-02,9999-12-31\n")
    assert len(found.terms) == 2
    assert reasons(found) == [(4, "The same term stands in line 3 already.")]


# --- Tables that mean harm ----------------------------------------------------------------------------------------


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same table with some of its parts written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return out.getvalue()


@pytest.mark.parametrize("place", ["XFD1048576", "A99999999", "ZZZZ1", "x1"])
def test_two_cells_in_the_corners_of_the_earth_do_not_fill_the_memory(place: str) -> None:
    def far(name: str, content: bytes) -> bytes:
        return content.replace(b'r="B2"', f'r="{place}"'.encode()) if "sheet1" in name else content

    data = repacked(xlsx(("match", "note"), ("样版", "远")), far)
    with override("en"), pytest.raises(NoList, match=r"too large"):
        read("a.xlsx", data)


def test_a_sheet_that_is_no_xml_is_not_handed_to_the_reader() -> None:
    def cut(name: str, content: bytes) -> bytes:
        return content[:-30] if "sheet1" in name else content

    with override("en"), pytest.raises(NoList, match="damaged"):
        read("a.xlsx", repacked(xlsx(("match",), ("样版",)), cut))


def test_the_reader_is_given_no_part_that_unpacks_to_more_than_it_says() -> None:
    plain = term_sheets._unpacked(xlsx(("match",), ("样版",)))
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        assert {part.compress_type for part in parts.infolist()} == {zipfile.ZIP_STORED}


def test_a_program_that_calls_itself_a_list_is_refused() -> None:
    program = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 400
    with override("en"), pytest.raises(NoList, match="The first line must name the columns"):
        read("list.csv", program)


def test_more_than_twenty_megabytes_are_refused() -> None:
    with override("en"), pytest.raises(NoList, match="larger than 20 MB"):
        read("a.csv", HEAD.encode() + bytes(20 * 1024 * 1024))


def test_a_hundred_thousand_lines_of_a_table_are_read() -> None:
    data = to_csv(Term(f"词{n}") for n in range(100_000)).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(data))
    table = term_sheets.written(row for row in rows)
    begun = time.process_time()
    assert len(read("a.xlsx", table).terms) == 100_000
    assert time.process_time() - begun < 20


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    for name, head in (("a.csv", HEAD.encode()), ("a.csv", b""), ("a.xlsx", b"PK\x03\x04")):
        try:
            found = read(name, head + data)
        except NoList:
            continue
        assert all(term.match for term in found.terms)
