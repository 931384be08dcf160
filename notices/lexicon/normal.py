"""One way to write every word, so that what looks different but reads the same is the same.

`fold` keeps every character in its place (full width → half width, traditional → simplified, lower case), so
offsets in the folded text are offsets in the original. `normalise` also drops blanks inside Chinese words.
"""

import re
import unicodedata
from functools import cache

import opencc

from notices.lexicon.glosses import without_glosses

HAN = "\u3007\u4e00-\u9fff\u3400-\u4dbf"
CJK_BLOCKS = ((0x2E80, 0x2FE0), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
FULL_WIDTH = (0xFF01, 0xFF5F)
BLANKS = dict.fromkeys((160, 8194, 8195, 8201, 8202, 8239, 12288, 9, 11, 12), " ")
BLANK_BESIDE_HAN = re.compile(rf"(?<=[{HAN}])[ \t\n\r]+|[ \t\n\r]+(?=[{HAN}])")
DASHES = dict.fromkeys(
    (8208, 8209, 8210, 8211, 8212, 8213, 8259, 8722, 9472, 9473, 12540, 65112, 65123, 65293, 65392), "-"
)
WAVES = dict.fromkeys((12316, 65374, 8764, 8275, 12336, 732), "~")
COLONS = dict.fromkeys((8758, 65109, 65043, 42889, 720), ":")  # 17∶00 with the sign of a ratio
# Other forms of place names' characters, which the conversion leaves as they are: 陜西, 甯夏, 淛江.
VARIANTS = {ord(other): plain for other, plain in zip("陜甯淛", "陕宁浙", strict=True)}
# Simple characters write 乾 as 干 but in names: 乾县, 乾安县.
NOT_DRY = re.compile(r"乾(?=[县縣安])")
VANISHING = dict.fromkeys((8203, 8204, 8205, 8288, 65279, 173), " ")
BRACKETS = str.maketrans(
    {"﹝": "〔", "﹞": "〕", "﹙": "(", "﹚": ")", "［": "[", "］": "]", "〖": "【", "〗": "】"}
)


def normalise(text: str) -> str:
    """NFKC, lower case, simplified, no blanks beside Chinese, no readings: how words are compared."""
    folded = fold(unicodedata.normalize("NFKC", without_glosses(text))).strip()
    return BLANK_BESIDE_HAN.sub("", folded)


def fold(text: str) -> str:
    """The text with every character in its one form; same length, same offsets."""
    letters = _letters()
    names = [found.start() for found in NOT_DRY.finditer(text)] if "乾" in text else []
    for other in set(_others().findall(text)):
        text = text.replace(other, letters[other])
    for at in names:
        text = f"{text[:at]}乾{text[at + 1 :]}"
    return text


@cache
def folding() -> dict[int, str]:
    """Code point → the character that stands for it."""
    table = {code: chr(code - 0xFEE0).lower() for code in range(*FULL_WIDTH)}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= _simplified() | VARIANTS
    table |= BLANKS | DASHES | WAVES | COLONS | VANISHING | {k: str(v) for k, v in BRACKETS.items()}
    return {code: table.get(ord(plain), plain) for code, plain in table.items()}


@cache
def _letters() -> dict[str, str]:
    """`folding()` by characters: replacing the few that a text holds beats a look at every one."""
    return {chr(code): plain for code, plain in folding().items()}


@cache
def _others() -> re.Pattern[str]:
    """Matches each character that another stands for."""
    return re.compile(f"[{re.escape(''.join(_letters()))}]")


def _simplified() -> dict[int, str]:
    """Traditional, compatibility and radical forms → the simplified character, one for one."""
    codes = [code for first, last in CJK_BLOCKS for code in range(first, last)]
    plain = [unicodedata.normalize("NFKC", chr(code)) for code in codes]
    simple = opencc.OpenCC("t2s").convert("\n".join(plain)).split("\n")
    return {code: new for code, new in zip(codes, simple, strict=True) if new != chr(code) and len(new) == 1}
