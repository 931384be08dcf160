"""Files beside notices, made on demand: small, but of the kind their names say."""

import io
import zipfile
from collections.abc import Callable, Sequence
from html import escape

from demo.web.sites import Attachment, Notice

CONTENT_TYPES = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "zip": "application/zip",
}
SHEET = (
    '<?xml version="1.0" encoding="utf-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1">'
    "<Table>{rows}</Table></Worksheet></Workbook>\n"
)
ROW = '<Row><Cell><Data ss:Type="String">{text}</Data></Cell></Row>'


def attachment_bytes(notice: Notice, attachment: Attachment) -> bytes:
    """The file's bytes, the same on every call."""
    lines = [attachment.name, f"（{notice.title}）", "单位名称：", "填报日期：　　年　　月　　日"]
    return MAKERS[attachment.suffix](lines, attachment.members)


def _word(lines: Sequence[str], _members: Sequence[str]) -> bytes:
    """RTF, which Word opens under the name .doc, as many offices send it."""
    return ("{\\rtf1\\ansi\\ansicpg936\n" + "".join(f"{_rtf(line)}\\par\n" for line in lines) + "}\n").encode(
        "ascii"
    )


def _rtf(line: str) -> str:
    return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in line)


def _sheet(lines: Sequence[str], _members: Sequence[str]) -> bytes:
    return SHEET.format(rows="".join(ROW.format(text=escape(line)) for line in lines)).encode()


def _archive(lines: Sequence[str], members: Sequence[str]) -> bytes:
    """A ZIP as Windows in China packs it: names in GBK and no flag that says so.

    `zipfile` writes other names than ASCII as UTF-8 with the flag, so it is given numbers of the same length.
    """
    names = [name.encode("gb18030") for name in members]
    numbers = [f"{place:0{len(name)}d}" for place, name in enumerate(names)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in zip(numbers, members, strict=True):
            archive.writestr(zipfile.ZipInfo(number), _word([member, *lines], ()))
    bytes_ = packed.getvalue()
    for number, name in zip(numbers, names, strict=True):
        bytes_ = bytes_.replace(number.encode("ascii"), name)
    return bytes_


MAKERS: dict[str, Callable[[Sequence[str], Sequence[str]], bytes]] = {
    "doc": _word,
    "xls": _sheet,
    "zip": _archive,
}
