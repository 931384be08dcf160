"""Chinese numerals up to 9999, and years written digit by digit (二〇一九)."""

DIGITS = {
    c: n
    for n, row in enumerate(("〇零○o", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for c in row
}
UNITS = {"十": 10, "百": 100, "千": 1000}
SHORTHAND = str.maketrans({"廿": "二十", "卅": "三十", "元": "一", "正": "一", "初": ""})
NUMERAL = "[〇零○一二两三四五六七八九十百千廿卅]"


def number(text: str) -> int | None:
    """The value of 15, 十五, 二十, 一百二十 or 二〇一九; None when it is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.translate(SHORTHAND)
    if not text:
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    return _with_units(text)


def _with_units(text: str) -> int | None:
    total, digit = 0, None
    for c in text:
        if c in UNITS:
            total += UNITS[c] * (1 if digit is None else digit)
            digit = None
        elif c in DIGITS:
            digit = DIGITS[c]
        else:
            return None
    return total + (digit or 0)
