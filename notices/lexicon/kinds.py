"""The kinds of notice (DESIGN section 2), as the field names them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a notice does. The order is fixed: it numbers the bits of `kinds_mask`."""

    POLICY = "policy"
    APPLICATION = "application"
    CONSULTATION = "consultation"
    RESULT = "result"
    EXTENSION = "extension"
    NEWS = "news"
    OTHER = "other"

    @property
    def bit(self) -> int:
        """This kind's bit in a mask of kinds."""
        return 1 << list(Kind).index(self)


KIND_NAMES: dict[Kind, str] = {
    Kind.POLICY: "政策文件",
    Kind.APPLICATION: "申报通知",
    Kind.CONSULTATION: "征求意见",
    Kind.RESULT: "公示与下达",
    Kind.EXTENSION: "延期更正",
    Kind.NEWS: "动态",
    Kind.OTHER: "其他",
}

ALL_BUT_NEWS = tuple(kind for kind in Kind if kind is not Kind.NEWS)


def kinds_mask(kinds: tuple[Kind, ...]) -> int:
    """The kinds as one number, a bit each; no kind named means all but news (DESIGN section 2)."""
    return sum(kind.bit for kind in set(kinds or ALL_BUT_NEWS))
