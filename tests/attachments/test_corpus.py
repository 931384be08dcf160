"""Every file of the corpus is read as a person reads it, or says why not."""

import pytest

from notices.intake.files.papers import Paper
from notices.intake.files.reader import FileReader
from tests.attachments.agreement import f1
from tests.attachments.shelf import FOLDERS, body_of, expected

EXPECTED = expected()
SECOND_HAND = [name for name, made in EXPECTED.items() if "read_by" in made]
PLACED = [name for name, made in EXPECTED.items() if "places" in made]


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    """All files, read one after the other by one warm child."""
    with FileReader() as reader:
        return {name: reader.read(name, body_of(name)) for name in EXPECTED}


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in SECOND_HAND])
def test_file_says_what_a_person_reads(name: str, papers: dict[str, Paper]) -> None:
    assert squeezed(papers[name].text) == squeezed(EXPECTED[name].get("text", ""))


@pytest.mark.parametrize("name", SECOND_HAND)
def test_file_says_what_another_program_reads(name: str, papers: dict[str, Paper]) -> None:
    assert f1(papers[name].text, EXPECTED[name]["text"]) >= 0.98


@pytest.mark.parametrize("name", EXPECTED)
def test_file_names_what_is_wrong_with_it(name: str, papers: dict[str, Paper]) -> None:
    assert list(papers[name].flaws) == EXPECTED[name].get("flaws", [])


@pytest.mark.parametrize("name", EXPECTED)
def test_archive_lists_its_names(name: str, papers: dict[str, Paper]) -> None:
    assert list(papers[name].members) == EXPECTED[name].get("members", [])


@pytest.mark.parametrize("name", PLACED)
def test_text_tells_its_page_sheet_or_member(name: str, papers: dict[str, Paper]) -> None:
    assert [part.where for part in papers[name].parts] == EXPECTED[name]["places"]


def test_rows_of_a_table_stay_lines_with_tabs(papers: dict[str, Paper]) -> None:
    names = ("汇总表.docx", "汇总表.xlsx", "汇总表.xls", "表格.doc", "Excel2003.xls")

    assert {papers[name].text for name in names} == {EXPECTED["汇总表.xlsx"]["text"]}


def test_corpus_is_large_enough() -> None:
    assert len(EXPECTED) >= 40


def test_no_file_lies_in_the_corpus_unread() -> None:
    lying = {path.name for folder in FOLDERS for path in folder.iterdir() if path.is_file()}

    assert lying - {"expected.json", "README.md"} == set(EXPECTED)
