"""RAR on a machine that has no libarchive."""

import pytest

from notices.intake.files import unpacking
from notices.intake.files.opening import open_file
from notices.intake.files.papers import Flaw, Unreadable
from tests.attachments.shelf import body_of


@pytest.fixture(autouse=True)
def _no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LIBARCHIVE", None)


def test_packed_rar_is_listed_and_says_why() -> None:
    paper = open_file("a.rar", body_of("压缩存放.rar"))

    assert (paper.flaws, len(paper.members), paper.text) == ((Flaw.PACKED,), 2, "")


def test_stored_rar_is_read() -> None:
    assert "申报指南" in open_file("a.rar", body_of("附件.rar")).text


def test_seven_zip_is_not_read() -> None:
    with pytest.raises(Unreadable) as unread:
        open_file("a.7z", body_of("7zip-lzma2.7z"))

    assert unread.value.flaw is Flaw.PACKED
