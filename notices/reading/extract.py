"""What mails and phones say of a notice: who may apply, what is given, how, each in the notice's words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notices.lexicon.gated import Gated
from notices.reading.conditions import find_amounts, find_conditions
from notices.reading.layout import Layout
from notices.reading.sentences import Sentence, sentences
from notices.reading.values import Evidence, Gist

_NAMED = r"(?:对象|(?<!符合)(?<!合格)条件|范围|主体)"
WHO = Gated(  # a label, a clause of what one must be, or where one must be registered
    rf"(?:^|(?<=[一二三四五六七八九十\d])[、.]|\))(?![^,。;:、]{{0,4}}(?:明确|违反|列出|规定))[^,。;:、]{{0,6}}{_NAMED}(?=[:为是及和、(]|$)"
    rf"|(?:申报|申请|推荐|支持|征集|评价|遴选|认定|资助|奖励){_NAMED}[^,。;]{{0,4}}[:为是]"
    r"|应当?(?:同时)?(?:符合|具备|满足)"
    r"|(?:(?<=[省市区县州旗内])|在[^,。;]{1,12})注册[^。]{0,20}(?:企业|法人)|注册[在于地][^。]{0,20}(?:企业|法人)",
    *("对象", "条件", "范围", "主体", "应", "注册"),
)
GIVEN = Gated(
    r"(?:补助|奖励|资助|奖补|补贴|支持|给予|贴息)[^。;]{0,40}\d ?(?:[万亿千]?元|%)"
    r"|\d[^。;]{0,20}万元[^。;]{0,12}(?:补助|奖励|资助|补贴)",
    *("元", "%"),
)
HOW = Gated(
    r"(?:登录|网上(?:申报|填报)|报送(?:至|到)|邮寄|发送至|发至|提交(?:至|到)|电子邮件|一式[一二三四五六七八九十两\d]+份)",
    *("登录", "网上", "报送", "邮寄", "发", "提交", "电子邮件", "一式"),
)
# 推荐对象、报送方式等其他要求不变: names the question, and leaves the answer to another notice.
AS_BEFORE = Gated(
    r"(?:不变|照旧|不[作做](?:调整|变更|变动|改动)|[按依](?:照)?原[^。;]{0,12}执行)(?=[,。;)]|$)",
    *("不", "照旧", "原"),
)
# 申报条件和要求, a heading; 范围、条件和程序参照…要求, 条件见省厅文件: the answer stands elsewhere.
POINTS_ELSEWHERE = re.compile(
    r"^[^。;:,]{0,40}(?:条件|对象|范围|要求|标准|程序|流程|时间)$"
    r"|^[^。;,:]{0,16}(?:范围|条件|对象)[^,。;:]{0,12}(?:参照|详?见)[^。;]{2,90}[。;]?$"
)
OWN_ACT = re.compile(
    r"将于[^。;]{0,20}(?:把|将)|[厅局委部](?:将|把)[^,。;]{0,12}结果"
)  # of the office itself
ADDRESSED = re.compile(r"^(?:各|有关)[^。;:]{0,30}:")
LONGEST = 120
SHOWN = 60  # characters within which a reader should meet the answer
QUESTIONS = (("who", WHO, 12), ("given", GIVEN, 8), ("how", HOW, 8))


@dataclass(frozen=True, slots=True)
class _Answer:
    """A sentence that answers a question, and where in it the answer stands."""

    sentence: Sentence
    at: int

    def quoted(self) -> Evidence:
        """The sentence, from the clause of the answer on where that comes late."""
        called = ADDRESSED.match(self.sentence.text)
        start = called.end() if called and called.end() <= self.at else 0
        if self.at > SHOWN:
            start = max(self.sentence.text.rfind(stop, 0, self.at) for stop in ",;:") + 1
        first = self.sentence.start + start
        return self.sentence.page.evidence(first, min(self.sentence.end, first + LONGEST))


def find_gist(papers: Sequence[Layout]) -> Gist:
    """The first sentence for each question that the notice or, failing it, an attachment answers.

    No sentence stands for two; who may apply is told by the first condition where no sentence tells it.
    """
    told = [sentence for paper in papers for sentence in sentences(paper) if _answers(sentence)]
    conditions = find_conditions(papers)
    chosen: dict[str, _Answer] = {}
    for question, pattern, shortest in QUESTIONS:
        answer = _first(pattern, shortest, told, [other.sentence for other in chosen.values()])
        if answer:
            chosen[question] = answer
    quotes = {question: answer.quoted() for question, answer in chosen.items()}
    if conditions:
        quotes.setdefault("who", conditions[0])
    return Gist(**quotes, amounts=find_amounts(papers), conditions=conditions)


def _answers(sentence: Sentence) -> bool:
    """Whether a sentence can answer anything: not one that leads to others, or leaves all as it is."""
    text = sentence.text
    return not (text.endswith(":") or AS_BEFORE.search(text) or POINTS_ELSEWHERE.search(text))


def _first(
    pattern: Gated, shortest: int, told: Iterable[Sentence], taken: Sequence[Sentence]
) -> _Answer | None:
    for sentence in told:
        if sentence.end - sentence.start < shortest or sentence in taken:
            continue
        found = None if pattern is HOW and OWN_ACT.search(sentence.text) else pattern.search(sentence.text)
        if found or (pattern is WHO and pattern.search(sentence.heading)):
            return _Answer(sentence, found.start() if found else 0)
    return None
