# ruff: noqa: E501 - an element of XML stands on one line
"""What lies in a ZIP: DOCX, XLSX, PPTX, OFD, and archives as Windows in China packs them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
O = 'xmlns:ofd="http://www.ofdspec.org/2016"'  # noqa: E741 - the namespaces have one letter each
SAME_DAY = (2023, 6, 1, 9, 0, 0)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP that is the same whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name, SAME_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, body)
    return out.getvalue()


def gbk_zip(members: Mapping[str, bytes], codec: str = "gb18030") -> bytes:
    """Names in GBK without the UTF-8 flag. `zipfile` would flag them, so it is given letters of equal length."""
    raw = [name.encode(codec) for name in members]
    letters = [chr(ord("A") + place).encode() * len(name) for place, name in enumerate(raw)]
    body = packed(dict(zip((letter.decode() for letter in letters), members.values(), strict=True)))
    for letter, name in zip(letters, raw, strict=True):
        body = body.replace(letter, name)
    return body


def flagged_encrypted(body: bytes) -> bytes:
    """The archive with the encryption bit of each member set."""
    out = bytearray(body)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(sign)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(sign, at + 4)
    return bytes(out)


def paragraphs(text: str) -> str:
    """WordprocessingML paragraphs, each in two runs, as Word splits them."""
    return "".join(
        f'<w:p><w:r><w:t>{escape(line[:7])}</w:t></w:r><w:r><w:t xml:space="preserve">{escape(line[7:])}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """A table."""
    return f"<w:tbl>{''.join(f'<w:tr>{_cells(row)}</w:tr>' for row in rows)}</w:tbl>"


def _cells(row: Sequence[str]) -> str:
    return "".join(f"<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in row)


def docx(body: str, extra: Mapping[str, str | bytes] | None = None, head: str = "") -> bytes:
    """A Word document with this body."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{KIND}/officeDocument" Target="word/document.xml"/></Relationships>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {W} {MC}><w:body>{body}</w:body></w:document>'
    return packed(
        {"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": xml, **(extra or {})}
    )


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[str]]], hidden: Sequence[str] = (), first: str = "A1"
) -> bytes:
    """A workbook with inline strings; numbers are numbers. `first`: where the rows begin."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for number in range(1, len(sheets) + 1)
        )
        + "</Types>"
    )
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="s{number}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="s{number}" Type="{KIND}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    members = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{KIND}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {S} {R}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">{links}</Relationships>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, first)
    return packed(members)


def _sheet(rows: Sequence[Sequence[str]], first: str) -> str:
    if first != "A1":
        return f'<worksheet {S}><sheetData><row><c r="A1"><v>1</v></c></row><row><c r="{first}"><v>2</v></c></row></sheetData></worksheet>'
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(cell, f"{chr(65 + at)}{number}") for at, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f"<worksheet {S}><sheetData>{lines}</sheetData></worksheet>"


def _cell(cell: str, place: str) -> str:
    if cell.replace(".", "", 1).isdigit():
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'


def pptx(slides: Sequence[str]) -> bytes:
    """Slides with a text box each."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    members = {"ppt/presentation.xml": "<p/>"}
    for number, text in enumerate(slides, 1):
        lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
        members[f"ppt/slides/slide{number}.xml"] = f"<sld {a}>{lines}</sld>"
    return packed(members)


def ofd(pages: Sequence[Sequence[tuple[int, int, str]]], picture: bool = False) -> bytes:
    """An OFD as GB/T 33190 lays it out; lines are (x, y, text) in millimetres."""
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    members = {
        "OFD.xml": f'<ofd:OFD {O} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f"<ofd:Document {O}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    image = '<ofd:ImageObject ID="99" Boundary="0 0 210 297" ResourceID="5"/>' if picture else ""
    for number, lines in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{at}" Boundary="{x} {y} 150 5" Font="3" Size="5"><ofd:TextCode X="0" Y="4">{escape(text)}</ofd:TextCode></ofd:TextObject>'
            for at, (x, y, text) in enumerate(lines, 10)
        )
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {O}><ofd:Content><ofd:Layer ID="1">{objects}{image}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return packed(members)


def zip_bomb(size: int) -> bytes:
    """A DOCX whose document unpacks to `size` bytes of one paragraph."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            member.write(f"<w:document {W}><w:body><w:p><w:r><w:t>".encode())
            for _ in range(size >> 20):
                member.write(b"A" * (1 << 20))
    return out.getvalue()
