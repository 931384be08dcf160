# ruff: noqa: E501 - an object of a PDF stands on one line
"""PDF as offices write it: CID fonts that are not embedded, by hand; embedded subsets, printed by Chromium."""

import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT, LEADING = 595, 842, 24
Lines = Sequence[tuple[int, int, str]]  # x, y from the top, text


def cid_pdf(pages: Sequence[Lines], encoding: str, codec: str, *, images: Sequence[int] = ()) -> bytes:
    """A PDF whose font is named and not embedded, and has no ToUnicode; `images`: pages that hold a picture."""
    font = (
        f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>"
        "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
    )
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font.encode(), _picture()]
    kids = []
    for number, lines in enumerate(pages):
        content = "".join(
            f"BT /F1 14 Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{text.encode(codec, 'replace').hex()}> Tj ET\n"
            for x, y, text in lines
        )
        if number in images:
            content += "q 400 0 0 500 90 150 cm /Im1 Do Q\n"
        packed = zlib.compress(content.encode())
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>/XObject<</Im1 4 0 R>>>>>>" % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return assembled(objects)


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """The objects as a file, with its table of where each stands."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _picture() -> bytes:
    data = zlib.compress(bytes(range(256)) * 4)
    head = b"<</Type/XObject/Subtype/Image/Width 32/Height 32/ColorSpace/DeviceGray/BitsPerComponent 8"
    return b"%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (head, len(data), data)


def set_lines(text: str, x: int = 60, top: int = 80, width: int = 33) -> list[tuple[int, int, str]]:
    """A text in lines of at most `width` characters, as a typesetter breaks it."""
    broken = [line[at : at + width] for line in text.split("\n") for at in range(0, len(line), width)]
    return [(x, top + LEADING * number, line) for number, line in enumerate(broken)]


def locked_pdf() -> bytes:
    """A PDF that asks for a password nobody knows (standard security handler, revision 3)."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]
    objects.append(b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>" % (b"ab" * 32, b"cd" * 32))
    return assembled(objects, f"/Encrypt 3 0 R/ID[<{'01' * 16}><{'01' * 16}>]")


def printed(html: str) -> bytes:
    """A page printed by Chromium: TrueType subsets with Identity-H and ToUnicode, as converters write them."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), Path(folder, "out.pdf")
        style = (
            "<meta charset=utf-8><style>body{font:14px 'WenQuanYi Micro Hei'} td{border:1px solid}</style>"
        )
        page.write_text(style + html, encoding="utf-8")
        subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return out.read_bytes()


def many_pages(count: int) -> bytes:
    """A PDF of so many pages, all of the same content."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    content = b"BT /F1 12 Tf 72 700 Td (page of a very long annual report) Tj ET"
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
    objects += [page] * count
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + count))
    objects[1] = f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode()
    return assembled(objects)


def inflating_pdf(size: int) -> bytes:
    """One page whose content unpacks to `size` bytes."""
    packed = zlib.compress(b"0 0 m " * (size // 6), 9)
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return assembled(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content]
    )
