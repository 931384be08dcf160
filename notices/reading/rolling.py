"""Whether applications are taken all year round or batch by batch without a last day."""

import re

from notices.lexicon.gated import Gated
from notices.reading.page import Page
from notices.reading.values import Found

ALL_YEAR = Gated(
    # 常年申报类项目 is a sort of projects, which may close all the same
    r"(?:全年|常年|长年|长期|常态化)(?:性)?[“\"]?(?:动态|滚动)?(?:面向(?:社会|全国|全[省市])(?:公开)?)?(?:开放|受理|(?:组织)?申报|申请|征集|接受|有效|开展(?=[、,。;]))(?!类)"
    r"|(?:受理|申报)时间[^。;\n]{0,6}(?:全年|常年|长期)|全年申报|随时(?:受理|申报)|即到即审|随到随[报办受]"
    r"|(?:滚动|敞口)(?:式)?(?:推荐|申报|受理|入库|征集|方式)|不设(?:申报)?截止"
    r"|常态化(?:组织|征集|受理|接受)[^,、。;\n]{0,8}(?:申报|征集|推荐|报名)"
    r"|(?:申报|申请|受理)时间(?:及?[^,。;\n]{0,4})[:\n][^。;\n]{0,16}(?:符合|具备|达到|满足)[^,。;\n]{0,12}条件(?:后|时|的当?月)[^。;\n]{0,30}(?:提出|申请|申报)"
    r"|自然月[^。;\n]{0,24}(?:申报|受理)周期"
    r"|截止时间为(?:当月|每月|每季度)|(?:每月|每季度)(?!\d{1,2}日(?:之?前|以前)|[^。;\n]{0,8}(?:期满|终了|届满|结束))[^。;\n]{0,20}(?:受理|申报)|每月(?:底|末)汇总",
    *("全年", "常年", "长年", "长期", "常态化", "随时", "即到即审", "随到随", "滚动", "敞口", "不设"),
    *("条件", "自然月", "截止时间为", "每"),
)
ONLY_IN_PART = re.compile(r"全年受理企业注册|全年受理注册")
FROM_LATER_ON = re.compile(  # 今后省自然科学基金项目实行常年申报: not this call
    r"(?:今后|以后|此后|往后|日后|下一步|(?:明|下一?|次)年(?:度)?起)[^。;\n]{0,40}$"
)
OF_ANOTHER_THING = re.compile(  # 验收申请通道常年开放, 建立常态化受理申报制度
    r"(?:验收|变更|咨询|举报|投诉|信箱|查询|展厅|展馆)[^,。;(\n]{0,10}$|建立(?:健全|完善|了)?[“\"]?$"
)
BEHIND = 48  # characters before the words in which a sentence can say from when they hold


def find_rolling(page: Page) -> Found[bool] | None:
    """The words that say so, or None."""
    for match in ALL_YEAR.finditer(page.clean):
        before = page.clean[max(0, match.start() - BEHIND) : match.start()]
        other = FROM_LATER_ON.search(before) or OF_ANOTHER_THING.search(before)
        if not (other or ONLY_IN_PART.match(page.clean, match.start())):
            return Found(True, page.evidence(*match.span()), 0.9)
    return None
