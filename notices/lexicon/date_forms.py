"""How dates are written, form by form: regular expressions over folded text, each with an example."""

import re

_CN = "〇零○一二三四五六七八九十"
_BEGINS = r"(?=[\d〇零○一二三四五六七八九十今明本当去次下申每])"
_YEAR = (
    rf"(?:(?P<y>(?<!\d)(?:19|20)\d\d|[一二][〇零○o九][{_CN}o]{{2}}"
    r"|(?<![\d第满近前后])[12]\d(?=年(?:1[0-2]|0?[1-9])月)"
    r"|[今明本当去次])年度?)"
)
MONTH_DIGITS, DAY_DIGITS = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
# Not behind a digit or a decimal point, but behind the number of a step: 1.8月18日前
_NO_TAIL = r"(?:(?<![\d.])|(?<=[^\d.]\d\.)|(?<=\n1\d\.))"
_MONTH = rf"(?P<m>{_NO_TAIL}{MONTH_DIGITS}|十[一二]?|[一二三四五六七八九])月份?"
_MONTH_END = rf"(?P<m>(?:{_NO_TAIL}|(?<=[-~至到—])){MONTH_DIGITS}|十[一二]?|[一二三四五六七八九])月份?"
_NEAR_MONTH = r"(?P<near>[本当次下]|申报次|次年首|每个?)月份?的?"
_DAY_NUMERAL = r"三十一?|[二廿]十?[一二三四五六七八九]?|十[一二三四五六七八九]?|初?[一二三四五六七八九]"
_D = rf"(?:{DAY_DIGITS}|{_DAY_NUMERAL})"
SPAN = r"(?:-{1,2}|~|至|到|—|一{1,2}(?=\d))"  # 一: a dash that was typed or recognised as a numeral
WEEKDAY = r"(?:\([周星][^)]{1,3}\))"
_HOUR = r"[上下中]?午?\d{1,2}[:时点](?:\d{2}分?)?"
_ENDS_DAY = (
    rf"{WEEKDAY}?(?:之?前|止|下班|截止|上午|下午|中午)| \d{{1,2}}[:时点]"
    rf"|(?:\([^)]{{2,4}}\))?{SPAN}(?:20\d\d年)?(?:(?:{MONTH_DIGITS}月)?{_D}[日号]|{MONTH_DIGITS}月{DAY_DIGITS})"
    rf"|[、和]{DAY_DIGITS}[日号]|[、和 ](?:20\d\d年)?{MONTH_DIGITS}月(?={DAY_DIGITS})"
    r"|、第|[。;)\n,:\t(]|以前|为[止准]|[将把起向]|期间|关闭|开放|结束|$"
)
# 6月30月前: 月 typed for 日 where no month has such a number; 6月30目前: 目 recognised for 日
_SLIP = r"(?:(?:(?<=月1[3-9])|(?<=月2\d)|(?<=月3[01]))月(?=之?前|止|截止|下班|至|到|[,。;)\n]|$)|目(?=前))"
# 8月524:00, 10月1018时: the day alone can be parted from its hour in one way
_CLOCK_GLUED = (
    r"(?:(?<=月[4-9])|(?<=月0[1-9])|(?<=月[12]\d)|(?<=月3[01]))(?P<hour>1\d|2[0-4]|0[89])"
    r"(?::(?P<minute>[0-5]\d)(?!\d)|[时点])"
)
_DAY = rf"(?P<d>{_D})(?:[日号](?!期(?!间))|{_SLIP}|(?={_ENDS_DAY})|{_CLOCK_GLUED})"
# 3-4月, the head of a span of months whose end has the sign
_FROM_MONTH = rf"(?:{_NO_TAIL}{MONTH_DIGITS}{SPAN}(?={MONTH_DIGITS}月(?!{DAY_DIGITS}[日号]?)))?"
_PART = r"(?P<part>[上中]?中旬|中?下旬|上旬|最后[1一][天日]|[初中底末](?![中期步]))?"

# What says that a last day stands behind it.
_LABELLED = r"(?=\d)(?<=[止至到于间期日为是:])(?:" + "|".join(
    f"(?<={label})"
    for label in (*("截止时间", "截止日期", "截止日", "截止", "截至", "截止到", "截止至", "截止于"),
                  *(f"{what}{sign}" for what in ("截止时间", "截止日期", "截止日") for sign in "为是:至"))
) + ")"  # fmt: skip

BLANK_DAY = r"[_x×*○?]{0,4}日(?!报|常|均|程|产|期)"  # what a form leaves to be filled in: 5月 日, 5月__日

FORMS = {
    # 2019年10月29日, 十月二十九日, 本月25日, 每月25日, 6月25-30日, 截止2019年10月29。
    "day": re.compile(rf"{_BEGINS}(?:{_YEAR},?)?(?:{_MONTH}|{_NEAR_MONTH}){_DAY}"),
    # 2019年10月底, 11月上旬, 当月最后一天, 2024年3-4月; not 5月 日, whose day was left blank
    "month": re.compile(
        rf"{_BEGINS}{_YEAR}?(?:{_FROM_MONTH}{_MONTH_END}|{_NEAR_MONTH}){_PART}(?!\d|个|{BLANK_DAY})"
    ),
    # 2025年底, 2023年第二季度末, 2019年上半年
    "year": re.compile(
        rf"{_BEGINS}{_YEAR}(?P<part>年?[底末初]|第?[一二三四1-4]季度[底末]?|[上下]半年|)(?![份])"
    ),
    # 年底, 季度末, 三季度末
    "year_end": re.compile(
        r"(?<![\d今明当去次])本?(?P<y>)(?P<part>年[底末]|(?:每|第?[一二三四1-4])?季度?[底末])(?!余|考)"
    ),
    # 月底前, after a date of the same month or counted from the anchor's
    "month_end": re.compile(r"(?<=[于在请,、。;:(])(?P<near>)月(?P<part>[底末])(?=之?前|下班|止)"),
    # 2019-10-29, 2019/10/29, 2019.10.29, 2019-10-01/2019-10-29
    "iso": re.compile(
        rf"(?P<y>(?:19|20)\d\d)(?:(?<![\d./].{{4}})|(?<=[^\d./]\d\..{{4}})|(?<=20\d\d-\d\d-\d\d/.{{4}}))(?P<sep>[-/.])(?P<m>{MONTH_DIGITS})(?P=sep)(?P<d>{DAY_DIGITS})(?![\d%])[日号]?"
    ),
    # 19.11.5前
    "iso_short": re.compile(
        rf"(?<![\d./-])(?P<y>[1-3]\d)\.(?P<m>{MONTH_DIGITS})\.(?P<d>{DAY_DIGITS})(?:[日号](?=之?前|止|下班)|(?=之?前|止|截止|下班))"
    ),
    # 10.29前, 6-15前, 3.18~3.22
    "dotted": re.compile(
        rf"(?<![\d./-])(?P<m>{MONTH_DIGITS})(?:[./]|-(?={DAY_DIGITS}[日号]?(?:之?前|止|截止)))(?P<d>{DAY_DIGITS})"
        rf"(?:[日号]|(?=之?前|止|截止|下班|\([周星]|[-~]{{1,2}}{MONTH_DIGITS}[./]{DAY_DIGITS}(?![\d.])))"
    ),
    # 25日前, 25日(周四)前, after a date of the same month or counted from the anchor's
    "day_only": re.compile(
        rf"(?<=[于在请,、。;:(])(?:当|本)?(?P<near>)(?P<d>{DAY_DIGITS})[日号](?={WEEKDAY}?(?:{_HOUR})?(?:之?前|下班|止))"
    ),
    # 本周五, 下周一(21日); the date of 本周五(5月12日) speaks for itself
    "week": re.compile(
        r"(?P<week>[本这下])(?:周|星期)(?P<weekday>[一二三四五六日天])(?:\(\d{1,2}[日号]\)|(?!\(\d{1,2}月))"
    ),
    # 今日17:00前, 明天下班前; the date of 明日(8月17日) speaks for itself
    "near_day": re.compile(r"(?<=[于在请至到])(?P<near_day>[今明后])[日天](?=[\d上下中晚前]|之前)"),
    # 2024821日, 20216418时, 20216418:00, 2024年915日, 2024年91518:00
    "lost": re.compile(
        r"(?<!\d)(?P<y>20\d\d)(?:(?P<rest>\d{2,6})|年(?P<after_year>\d{3,6}|[4-9][1-9](?=之?前)|3[2-9](?=之?前)))"
        r"(?:[时点]|:(?P<minute>[0-5]\d)(?!\d)"
        r"|(?=[日号前]|之前|止|截止|下班|[上下中]午|\([周星]|(?:-{1,2}|[~至到—])(?:\d{3,8}日|(?:20\d\d年)?\d{1,2}月|20\d\d年\d{2,4}(?!\d))"
        r"|(?<=年\d{3})[,。;)(\n]|(?<=年\d{4})[,。;)(\n]|(?<=年\d{3})$|[至到]\d{2,4}(?:期间|止|[,。;)(\n]|$)|、\d{3,4}[日前])[日号]?)"
    ),
    # 202346-2023428, 202346--2023428, 202346 2023428日: ends without 年, 月 and 日; 202211-202312 are months
    "lost_head": re.compile(
        r"(?<![\d.-])(?P<y>20\d\d)(?P<rest>(?!(?:0\d|1[0-2])(?!\d))\d{2,4})(?P<after_year>)"
        r"(?=(?:(?:-{1,2}|[~至到—])20\d{4,6}(?!\d)| 20\d{4,6}日))"
    ),
    "lost_end": re.compile(
        r"(?:(?<=20\d{4}[-~至到—])|(?<=20\d{5}[-~至到—])|(?<=20\d{4}--)|(?<=20\d{5}--))(?P<y>20\d\d)"
        r"(?P<rest>(?!(?:0\d|1[0-2])(?!\d))\d{2,4})(?P<after_year>)(?!\d)"
    ),
    # the head of 2022年41-7日, of 2022412-18日: 月 was lost, and 年
    "lost_span": re.compile(
        r"(?<!\d)(?P<y>20\d\d)年?(?P<rest>\d{2,4})(?=(?:-{1,2}|[~至到—])(?P<end>3[01]|[12]\d|0?[1-9])[日号](?!内))"
    ),
    # 自印发之日起至2023630。 at the end of a clause; 202312 is a month
    "lost_bare": re.compile(r"(?<=[至到])(?P<y>20\d\d)(?P<rest>[1-9]\d{2,3})(?P<after_year>)(?=[。;,)\n]|$)"),
    # 20204月15日
    "lost_year": re.compile(rf"(?<!\d)(?P<y>20[0-3]\d)(?P<m>{MONTH_DIGITS})月(?P<d>{DAY_DIGITS})[日号]"),
    # 315日至410日
    "lost_month": re.compile(
        r"(?<![\d年月.第近共计达超满约])(?<!\d:)(?P<y>)(?:(?P<rest>\d{3,4})日(?=之?前|至|到|止|[-~—]|期间|下班|起|\("
        r"|[上下中]午|零时|截止|关闭|结束|\d{1,2}[:时点])"
        # more days than a year has are no while, and nobody counts 111 of them
        r"|(?P<after_year>1[0-3][1-9]|2[0-2][1-9]|3[0-3][1-9]|36[7-9]|3[7-9]\d|[4-9]\d\d|0[1-9]\d\d|1[0-2]\d\d)日(?![元均报常程产志文记历龄用内夜行游以]))"
    ),
    # the end of 20211110-1116日, of 61日至615日
    "lost_tail": re.compile(
        r"(?:(?<=\d{4}[-~至到])|(?<=\d[日号][-~至到]))(?P<y>)(?P<rest>\d{3,4})(?P<after_year>)日"
    ),
    # the end of 2022824日-831, whose sign was lost too; 2022824-831 is a telephone
    "lost_tail_bare": re.compile(
        r"(?<=\d{3}[日号][-~至到])(?P<y>)(?P<rest>[1-9]\d{2,3})(?P<after_year>)(?=[。;,)\n]|$)"
    ),
    # 请于99日前, 请于99日(周一)前, 61日至615日: no month has so many days
    "two_digits": re.compile(
        r"(?<=[于在请自从为:])(?P<y>)(?P<rest>3[2-9]|[4-9][1-9])(?P<after_year>)[日号]"
        rf"(?={WEEKDAY}?(?:之?前|下班|止|[上下中]午|\d{{1,2}}[:时点])|[-~至到]\d{{2,4}}[日号]"
        rf"|{SPAN}(?:20\d\d年)?{MONTH_DIGITS}月{DAY_DIGITS}[日号])"
    ),
    # 2023年47日: no month has so many days
    "two_digits_year": re.compile(
        r"(?<!\d)(?P<y>20\d\d)年(?P<rest>3[2-9]|[4-9][1-9])(?P<after_year>)[日号](?!内|\d(?!\d?[:时点]))"
    ),
    # the end of 2021528日至63日, of 2021年47日至63日, of 自61日至69日
    "two_digit_tail": re.compile(
        r"(?:(?<=\d{3}[日号][-~至到])|(?<=年[3-9]\d[日号][-~至到])|(?<=[于在自从][4-9][1-9][日号][-~至到]))"
        r"(?P<y>)(?P<rest>3[2-9]|[4-9][1-9])(?P<after_year>)[日号](?![\d内])"
    ),
    # ?月20日到6月29日, 20日-6月29日: the head of a span whose month was lost or left to its end
    "headless": re.compile(
        rf"(?<!\d)(?<![\d一二三四五六七八九十份本当次下每]月)(?<!期)(?P<d>{DAY_DIGITS})[日号](?={SPAN}"
        rf"(?:(?P<y>20\d\d)年)?(?P<m>{MONTH_DIGITS})月(?P<end>{DAY_DIGITS})[日号])"
    ),
    # 20211110-20211116, 截止时间为2021111018:00
    "compact": re.compile(
        r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
        r"(?:(?=(?:-{1,2}|[~至到])20\d{6}(?!\d))|(?<=20\d{6}[-~至到]20\d{6})(?!\d)|(?<=20\d{6}--20\d{6})(?!\d)"
        r"|(?:(?<=[间期日止于自从至到为]20\d{6})|(?<=[间期日止]:20\d{6}))"
        r"(?:(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)|(?=[-~至到]|之?前|[,。;)\n]|$)))"
    ),
    # 请于222前, 在1128之前; 盖章,830前将…报送: month and day without either sign
    "lost_before": re.compile(
        r"(?:(?<![位列排居][于在])(?<=[于在])|(?<=单位[于在])|(?:(?<=[^日号午点时][,。;])|(?<=\n))(?=\d{3,4}[之以]?前[将把完送报提,]))"
        r"(?P<y>)(?P<rest>[1-9]\d{2,3}|(?:[4-9][1-9]|3[2-9])(?=之?前,?[将把报送提]))(?P<after_year>)"
        rf"(?=(?:{WEEKDAY}?[之以]?前|下班前|[上下中]午[^,。;]{{1,8}}前)(?![列名位面排后期者端言台三十百]))"
    ),
    # 申报期限延长至522日, 截止日期为1115日: month and day without 月 where a day must follow, not a while
    "lost_closing": re.compile(
        r"(?:(?<=[延顺][长延期后][至到为])|(?<=推迟[至到为])|(?<=调整[至到为])|(?<=截止[至到于])|(?<=截至)"
        r"|(?<=截止(?:时间|日期)[为是:]))(?P<y>)(?P<rest>\d{3,4})(?P<after_year>)日(?=[,。;)(]|$|\n)"
    ),
    # 101818时前
    "lost_hour": re.compile(
        r"(?<![\d年月.第:])(?P<y>)(?P<rest>\d{4,6})(?P<after_year>)[时点](?=之?前|止|截止)"
    ),
    # 截止时间为81618:00, 截止时间为8161800: behind their label digits of a day and its clock
    "led_clock": re.compile(
        rf"(?:{_LABELLED}|(?<=[于在]))(?P<y>(?:20\d\d)?)(?!20[0-3]\d)(?:(?P<rest>\d{{3,6}}):|(?P<after_year>\d{{4,6}}))(?P<minute>[0-5]\d)"
        r"(?=之?前|止|关闭|结束|[,。;)(\n]|$)"
    ),
    # 截止时间为1115。 截至831, 截止时间422日: month and day behind a label of the last day
    "led_label": re.compile(
        rf"(?:{_LABELLED})(?P<y>(?:20\d\d)?)(?P<rest>(?!(?:0\d|1[0-2])(?!\d)|20\d\d)(?:[1-9]\d{{2,3}}|[4-9][1-9]|3[2-9]|(?<=20\d\d)[1-3][1-9]))"
        r"(?P<after_year>)[日号]?(?=止|为止|\([周星]|[,。;)\n]|$)"
    ),
    # 延长至95。 延期至2022715,
    "led_moved": re.compile(
        r"(?=\d)(?<=[延顺推迟长期][迟后延期长至][至到为])(?P<y>(?:20\d\d)?)"
        r"(?P<rest>(?!20\d\d)(?:[1-9]\d{2,3}|[4-9][1-9]|3[2-9]))(?P<after_year>)(?=止|为止|\([周星]|[,。;)\n]|$)"
    ),
    # the head of 自91至9月30日, of 时间:1012-1030日
    "led_from": re.compile(
        r"(?=\d)(?<=[于在自从:为是间期(])(?P<y>(?:20\d\d(?=\d{3}))?)(?P<rest>[1-9]\d{2,3}|[4-9][1-9]|3[2-9])(?P<after_year>)"
        rf"(?={SPAN}(?:20\d\d年?)?(?:{MONTH_DIGITS}月{DAY_DIGITS}[日号]|\d{{3,4}}(?:日|止|之?前)))"
    ),
    # the head of 时间为712至730, of 起止时间为2023220—421,
    "led_span": re.compile(
        r"(?=\d)(?:(?<=时间[为:])|(?<=[示报理]期[为:])|(?<=阶段\())(?P<y>(?:20\d\d)?)(?P<rest>\d{2,4})(?P<after_year>)"
        rf"(?={SPAN}(?:20\d\d)?\d{{2,4}}(?:[,。;)(\n]|$))"
    ),
    # the head of 31日-37日: no month has a day of its end's number
    "two_digit_head": re.compile(
        rf"(?<=[于在自从:为是间期(])(?P<y>)(?P<rest>[12][1-9]|31)(?P<after_year>)日(?={SPAN}(?:3[2-9]|[4-9][1-9])日)"
    ),
}
# Dates are made of these characters: only stretches of them are looked at.
_LETTERS = (
    "〇零○o一二三四五六七八九十廿两今明本当去次下申报每首个的这上中年月日号份度第季半旬底末初最后天周星期时点"
)
STRETCH = re.compile(rf"[\d{_LETTERS},./~-]{{2,}}")
# Signs of which a stretch holds one where the form stands.
NEEDS = {
    "day": "月", "month": "月", "year": "年", "year_end": "底末", "month_end": "底末", "iso": "-/.",
    "iso_short": ".", "dotted": "./-", "day_only": "日号", "week": "周星", "near_day": "今明后", "lost": "2",
    "lost_year": "2", "lost_month": "日", "lost_hour": "时点", "lost_closing": "日",
    "lost_tail": "日", "lost_tail_bare": "日", "two_digits": "日号", "two_digits_year": "2",
    "two_digit_tail": "日号", "headless": "日号", "compact": "2", "lost_head": "2", "lost_end": "2",
    "lost_bare": "2", "lost_span": "2", "lost_before": "123456789",
    "led_clock": "123456789", "led_label": "123456789", "led_from": "123456789", "led_span": "123456789",
    "two_digit_head": "日", "led_moved": "123456789",
}  # fmt: skip
SIGNS = frozenset("".join(NEEDS.values()))
# Runs of digits without which no date has lost characters.
LOST = re.compile(
    r"\d{3}(?:日|[之以]?前|下班|[上下中]午|\([周星]|\d(?:[时点]|\d[\d月]))|年\d\d[\d~至到—-]|[3-9][1-9]之?前"
)
LED = re.compile(r"(?<=[止至间期日为是于到在自从:(])\d{2}")  # digits behind what may lead in a day
ALONE = re.compile(r"(?<!\d)(?<!\d月)\d{1,2}[日号]")  # a day behind no month in digits
MONTH = re.compile(r"月(?!\d)")  # a month that no day follows
SHORT = re.compile(r"(?<![\d./-])\d{1,2}[./-]\d")  # a number too short for a year, before a sign
YEAR_RUNS_ON = re.compile(r"20\d\d年?\d")  # digits of a year right before others
# One look tells of most stretches that they have none of these; a year that runs on opens nothing by itself.
ANY_GATE = re.compile("|".join(gate.pattern for gate in (LOST, LED, ALONE, MONTH, SHORT)))
# Forms that stand only where there are such digits, such a day, such a month, such a number, such a year.
GATED = (
    frozenset((*(form for form in FORMS if form.startswith("lost")), "compact")),
    frozenset(("led_clock", "led_label", "led_moved", "led_from", "led_span")),
    frozenset(("day_only", "two_digits", "two_digits_year", "two_digit_tail", "two_digit_head", "headless")),
    frozenset(("month",)),
    frozenset(("dotted", "iso_short")),
    frozenset(("lost", "lost_head", "lost_end", "lost_span", "lost_bare", "lost_year", "compact")),
)
FOLLOWS = 2  # characters behind a stretch that may tell what its digits are (222之前)
BEYOND = 24  # characters behind a stretch that a form may look at
AT_NOTHING = frozenset(("year",))  # forms that look at none
# What follows the head of a span: 6月25日至30日, 2019.2.26-3.15
SPAN_TAIL = re.compile(rf"(?:\((?:周|星期).\))?(?:\d{{1,2}}[:时]\d{{0,2}}分?)?{SPAN}(?P<d>{_D})[日号]")
NEXT_TAIL = re.compile(rf"[日号]?[、和](?P<d>{DAY_DIGITS})[日号]")  # 4月1、2日
DOTTED_TAIL = re.compile(rf"[-~]{{1,2}}(?P<m>{MONTH_DIGITS})\.(?P<d>{DAY_DIGITS})(?![\d.%])")
REPEATS = re.compile(r"每(?:年|月|季度?|个月|半年|年度)(?:的|度|末)?[^。；;\n]{0,12}$")
# 自4月12日423,逾期不予受理: the end of a span that lost 至 and its signs
LOST_TAIL = re.compile(r"(?P<rest>\d{3,4})日?(?=止|[,。;)(\n]|$)")
LED_FROM = re.compile(r"[从自]$")
