"""Files beside notices."""

import io
import zipfile

import pytest

from demo.web.server import GovernmentWeb
from demo.web.sites import load_sites
from tests.demo_web.conftest import Fetch

GUIDE = "http://gyxxh.tj.gov.cn/tzgg/W020191023558812036744.zip"
BEGINNINGS = {"doc": b"{\\rtf1", "xls": b"<?xml", "zip": b"PK\x03\x04"}
FILES = [file.url for site in load_sites() for notice in site.notices for file in notice.attachments]


def test_zip_holds_the_guide_with_names_in_gbk(web: GovernmentWeb, fetch: Fetch) -> None:
    archive = zipfile.ZipFile(io.BytesIO(fetch(GUIDE).body), metadata_encoding="gb18030")

    assert archive.testzip() is None
    assert "附件22：项目申报表.doc" in archive.namelist()
    assert all(not member.flag_bits & 0x800 for member in archive.infolist())


def test_zip_is_linked_from_its_notice(web: GovernmentWeb, fetch: Fetch) -> None:
    page = fetch("http://gyxxh.tj.gov.cn/tzgg/69044.htm").body.decode("gb18030")

    assert 'href="./W020191023558812036744.zip"' in page


def test_file_is_not_there_before_its_notice(government_web: GovernmentWeb, fetch: Fetch) -> None:
    assert fetch(GUIDE).status == 404


@pytest.mark.parametrize("url", FILES)
def test_file_is_of_the_kind_its_name_says(web: GovernmentWeb, fetch: Fetch, url: str) -> None:
    assert fetch(url).body.startswith(BEGINNINGS[url.rpartition(".")[2]])
