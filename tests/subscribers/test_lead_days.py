import pytest

from subscribers import lead_days


@pytest.mark.parametrize(
    ("written", "mask"),
    [("", None), ("无", 0), ("1", 0b10), ("7,3,1", 0b10001010), ("3、1", 0b1010), (" 7，3 ", 0b10001000)],
)
def test_parse_reads_days_as_people_write_them(written: str, mask: int | None) -> None:
    assert lead_days.parse(written) == mask


@pytest.mark.parametrize("written", ["三天", "-1", "31", "7;3", "3²"])
def test_parse_says_what_is_wrong(written: str) -> None:
    with pytest.raises(ValueError, match="提前天数应是"):
        lead_days.parse(written)
