# ruff: noqa: E501 - a file of the corpus stands on one line
"""Builds tests/attachments/corpus: `python -m tests.attachments.build`. Needs Chromium and a Chinese font.

`expected.json` says what a person reads in each file, what its names are, and what is wrong with it.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path

from tests.attachments import ole_files as ole
from tests.attachments import pdf_files as pdf
from tests.attachments import rar_files as rars
from tests.attachments import zip_files as zips
from tests.attachments.texts import COLUMN_LEFT, COLUMN_RIGHT, GUIDE, ROWS, SECOND_PAGE, table

HERE = Path(__file__).parent / "corpus"
BOTH = f"{GUIDE}\n{SECOND_PAGE}"
COLUMNS = f"{COLUMN_LEFT}\n{COLUMN_RIGHT}"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)


@dataclass(frozen=True)
class Made:
    """A file of the corpus and what is expected of it."""

    name: str
    body: bytes = field(repr=False)
    text: str = ""
    flaws: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def pdfs() -> Iterator[Made]:
    """The three encodings of 公文, tables, columns, scans, and broken ones."""
    two, places = [pdf.set_lines(GUIDE), pdf.set_lines(SECOND_PAGE)], ("第1页", "第2页")
    plain = BOTH.replace("䶮", "").replace("㎡", "")  # what GBK cannot write
    old = [pdf.set_lines(page.replace("䶮", "").replace("㎡", "")) for page in (GUIDE, SECOND_PAGE)]
    unigb = pdf.cid_pdf(two, "UniGB-UCS2-H", "utf-16-be")
    yield Made("公文-UniGB.pdf", unigb, BOTH, places=places)
    yield Made("公文-GBK.pdf", pdf.cid_pdf(old, "GBK-EUC-H", "gbk"), plain, places=places)
    prose = pdf.printed(_html(BOTH))
    yield Made("公文-嵌入子集.pdf", prose, BOTH.replace("䶮", ""), places=("第1页",))  # the font has no 䶮
    yield Made("公文-无编码表.pdf", prose.replace(b"/ToUnicode", b"/ToUnknown"), flaws=("garbled",))
    yield Made("表格.pdf", pdf.printed(_html_table()), table())
    yield Made("双栏.pdf", pdf.printed(f"<div style='columns:2;width:500px'>{_html(COLUMNS)}</div>"), COLUMNS)
    left, right = pdf.set_lines(COLUMN_LEFT, 50), pdf.set_lines(COLUMN_RIGHT, 320)
    yield Made("双栏-逐栏.pdf", pdf.cid_pdf([[*left, *right]], "UniGB-UCS2-H", "utf-16-be"), COLUMNS)
    yield Made("扫描件.pdf", pdf.cid_pdf([[]], "UniGB-UCS2-H", "utf-16-be", images=[0]), flaws=("scan",))
    mixed = pdf.cid_pdf([two[0], []], "UniGB-UCS2-H", "utf-16-be", images=[1])
    yield Made("盖章页为扫描.pdf", mixed, GUIDE, ("scan",), places=("第1页",))
    yield Made("加密.pdf", pdf.locked_pdf(), flaws=("encrypted",))
    yield Made("截断.pdf", unigb[:300], flaws=("broken",))
    yield Made("无索引.pdf", unigb.replace(b"startxref", b"startnone"), BOTH, places=places)
    yield Made("名为doc实为pdf.doc", unigb, BOTH, places=places)


def words() -> Iterator[Made]:
    """DOCX, whole and broken."""
    yield Made("指南.docx", zips.docx(zips.paragraphs(BOTH)), BOTH)
    yield Made("汇总表.docx", zips.docx(zips.word_table(ROWS)), table())
    laid = (
        zips.paragraphs(GUIDE)
        + "<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>"
        + zips.paragraphs(SECOND_PAGE)
    )
    yield Made("有分页.docx", zips.docx(laid), BOTH, places=("第1页", "第2页"))
    box = f"<mc:AlternateContent><mc:Choice>{zips.paragraphs(GUIDE)}</mc:Choice><mc:Fallback>{zips.paragraphs(GUIDE)}</mc:Fallback></mc:AlternateContent>"
    yield Made("文本框.docx", zips.docx(f"<w:p>{box}</w:p>"), GUIDE)
    deleted = "<w:p><w:del><w:r><w:delText>2023年5月30日</w:delText></w:r></w:del></w:p>"
    yield Made("有修订.docx", zips.docx(deleted + zips.paragraphs(GUIDE)), GUIDE)
    macros = zips.docx(zips.paragraphs(GUIDE), {"word/vbaProject.bin": b"Sub AutoOpen()"})
    yield Made("带宏.docm", macros, GUIDE, ("macros",))
    entity = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    yield Made(
        "实体炸弹.docx", zips.docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head=entity), flaws=("bomb",)
    )
    yield Made("加密.docx", ole.locked_package(), flaws=("encrypted",))
    yield Made("残缺.docx", zips.docx(zips.paragraphs(GUIDE))[:-400], flaws=("broken",))


def old_words() -> Iterator[Made]:
    """DOC, WPS, RTF and what goes under their names."""
    lines = BOTH.replace("\n", "\r")
    yield Made("指南.doc", ole.doc([lines]), BOTH)
    field_ = '\x13 HYPERLINK "http://a.gov.cn" \x14绿色制造公共服务平台\x15'
    pieces = [lines[:50], "Tel: 0574-62700000\r", lines[50:], field_]
    said = f"{BOTH[:50]}Tel: 0574-62700000\n{BOTH[50:]}绿色制造公共服务平台"
    yield Made("快速保存.doc", ole.doc(pieces, changes=True), said)
    yield Made("表格.doc", ole.doc(["\x07\x07".join("\x07".join(row) for row in ROWS) + "\x07\x07"]), table())
    yield Made("申报书.wps", ole.doc([lines]), BOTH)
    yield Made(
        "Word95.doc",
        ole.doc_95(lines.replace("䶮", "").replace("㎡", "")),
        BOTH.replace("䶮", "").replace("㎡", ""),
    )
    yield Made("带宏.doc", ole.doc([lines], storages=["Macros"]), BOTH, ("macros",))
    yield Made("加密.doc", ole.doc([lines], bits=0x0100), flaws=("encrypted",))
    yield Made("残缺.doc", ole.doc([lines])[:700], flaws=("broken",))
    yield Made("回执.rtf", _rtf(GUIDE, unicode=True), GUIDE)
    plain = GUIDE.replace("䶮", "").replace("㎡", "")
    yield Made("名为doc实为rtf.doc", _rtf(plain, unicode=False), plain)
    yield Made(
        "名为doc实为网页.doc",
        f"<html><meta charset=gb2312><body>{_html(GUIDE)}</body></html>".encode("gb18030"),
        GUIDE,
    )
    word_2003 = f'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{zips.paragraphs(GUIDE)}</w:body></w:wordDocument>'
    yield Made("Word2003.doc", word_2003.encode(), GUIDE)


def sheets() -> Iterator[Made]:
    """XLSX, XLS, ET and what goes under their names."""
    yield Made("汇总表.xlsx", zips.xlsx({"汇总": ROWS}), table(), places=("工作表“汇总”",))
    two = zips.xlsx({"汇总": ROWS, "名录": ROWS[:2], "下拉项": [("内部",)]}, hidden=["下拉项"])
    yield Made("多表.xlsx", two, f"{table()}\n{table(ROWS[:2])}", places=("工作表“汇总”", "工作表“名录”"))
    yield Made("汇总表.xls", ole.xls(ROWS), table(), places=("工作表“汇总表”",))
    yield Made("汇总表.et", ole.xls(ROWS), table(), places=("工作表“汇总表”",))
    yield Made("加密.xlsx", ole.locked_package(), flaws=("encrypted",))
    yield Made(
        "名为xls实为网页.xls",
        f"<html><meta charset=utf-8><body>{_html_table()}</body></html>".encode(),
        table(),
    )
    cells = "".join(
        f"<Row>{''.join(f'<Cell><Data>{cell}</Data></Cell>' for cell in row)}</Row>" for row in ROWS
    )
    book = f'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>{cells}</Table></Worksheet></Workbook>'
    yield Made("Excel2003.xls", book.encode(), table(), places=("工作表“表”",))
    yield Made("名录.csv", table().replace("\t", ",").encode("gb18030"), table().replace("\t", ","))


def others() -> Iterator[Made]:
    """OFD, slides and archives."""
    lines = [(20, 20 + 7 * at, line) for at, line in enumerate(GUIDE.split("\n"))]
    more = [(20, 20 + 7 * at, line) for at, line in enumerate(SECOND_PAGE.split("\n"))]
    yield Made("通知.ofd", zips.ofd([lines, more]), BOTH, places=("第1页", "第2页"))
    yield Made("扫描.ofd", zips.ofd([[]], picture=True), flaws=("scan",))
    yield Made("讲解.pptx", zips.pptx([GUIDE, SECOND_PAGE]), BOTH, places=("第1页", "第2页"))
    doc, sheet = ole.doc([GUIDE.replace("\n", "\r")]), zips.xlsx({"汇总": ROWS})
    inside = {"附件1：申报书.doc": doc, "附件2：汇总表.xlsx": sheet}
    names, said = tuple(inside), f"{GUIDE}\n{table()}"
    spots = ("压缩包内《附件1：申报书.doc》", "压缩包内《附件2：汇总表.xlsx》，工作表“汇总”")
    yield Made("附件-GBK文件名.zip", zips.gbk_zip(inside), said, members=names, places=spots)
    yield Made("附件-UTF8文件名.zip", zips.packed(inside), said, members=names, places=spots)
    yield Made("附件.rar", rars.rar(inside), said, members=names, places=spots)
    yield Made("附件5.rar", rars.rar5(inside), said, members=names, places=spots)
    packed = rars.rar(inside, is_packed=True)
    yield Made("压缩存放.rar", packed, said, members=names, places=spots)
    packed = rars.rar5(inside, is_packed=True, dictionary=8)
    yield Made("压缩存放5.rar", packed, said, members=names, places=spots)
    link = rars.rar5_link("附件.txt", "../../etc/passwd")
    yield Made("链接.rar", link, flaws=("link",), members=("附件.txt",))
    nested = zips.packed({"说明.txt": GUIDE.encode(), "再来.zip": zips.packed(inside)})
    yield Made("套娃.zip", nested, GUIDE, ("nested",), ("说明.txt", "再来.zip"))
    out = zips.packed({"../../etc/cron.d/x.txt": b"x" * 30, "/tmp/y.txt": GUIDE.encode()})
    yield Made("路径穿越.zip", out, f"{'x' * 30}\n{GUIDE}", ("bad_name",), ("etc/cron.d/x.txt", "tmp/y.txt"))
    yield Made("加密.zip", zips.flagged_encrypted(zips.packed(inside)), flaws=("encrypted",), members=names)
    yield Made("残缺.zip", zips.packed(inside)[:200], flaws=("broken",))


def pictures_and_junk() -> Iterator[Made]:
    """What has no text for us."""
    yield Made("图片.png", PNG, flaws=("scan",))
    yield Made("照片.jpg", b"\xff\xd8\xff\xe0" + bytes(40), flaws=("scan",))
    yield Made("图片.tif", b"II*\0" + bytes(40), flaws=("scan",))
    yield Made("包.gz", gzip.compress(b"x", mtime=0), flaws=("unsupported",))
    yield Made("空.pdf", b"", flaws=("empty",))
    yield Made("登录页.pdf", b"<!DOCTYPE html><html><body>login</body></html>", flaws=("web_page",))


def _html(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def _html_table() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<table>{rows}</table>"


def _rtf(text: str, *, unicode: bool) -> bytes:
    def char(one: str) -> str:
        if one == "\n":
            return "\\par\n"
        if one.isascii():
            return one
        if unicode:
            units = one.encode("utf-16-le")
            return "".join(
                f"\\u{int.from_bytes(units[at : at + 2], 'little')}?" for at in range(0, len(units), 2)
            )
        return "".join(f"\\'{byte:02x}" for byte in one.encode("gbk"))

    head = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil SimSun;}}{\\*\\generator WPS;}\n"
    return (head + "".join(map(char, text)) + "}").encode("ascii")


def main() -> None:
    """Writes the files and what is expected of them."""
    HERE.mkdir(exist_ok=True)
    for old in HERE.iterdir():
        old.unlink()
    expected = {}
    for made in [*pdfs(), *words(), *old_words(), *sheets(), *others(), *pictures_and_junk()]:
        (HERE / made.name).write_bytes(made.body)
        expected[made.name] = {
            key: value for key, value in asdict(made).items() if value and key not in {"name", "body"}
        }
    lines = json.dumps(expected, ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(f"{lines}\n", encoding="utf-8")
    print(f"{len(expected)} files, {sum(path.stat().st_size for path in HERE.iterdir()) >> 10} KiB")


if __name__ == "__main__":
    main()
