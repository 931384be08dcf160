"""The words that letters are put together from. What is said lives here; when it is said, in the code."""

NAME = "快讯"

# ── badges (LOOK: colour never speaks alone) ──────────────────────────────────────────────
LEFT = "剩 {days} 天"
LEFT_WITH_WORKDAYS = "剩 {days} 天 · 工作日 {workdays}"
TODAY = "今日{at}截止"
TOMORROW = "明日{at}截止"
CLOSED = "已截止"
ROLLING = "全年受理"
UNSURE = "截止待核"
EXTENDED = "已延期"
MOVED = "已改期"
CHANGED = {
    "extends": EXTENDED,
    "corrects": "有更正",
    "withdraws": "已撤回",
    "results": "已公布结果",
}

# ── kinds of letter ───────────────────────────────────────────────────────────────────────
LETTER_NAMES = {
    "alert": "即时通知",
    "daily": "每日摘要",
    "weekly": "每周摘要",
    "reminder": "截止提醒",
    "follow_up": "更新与更正",
}
BRANDS = {
    "alert": "【快讯】",
    "daily": "【快讯】",
    "weekly": "【快讯周报】",
    "reminder": "【截止提醒】",
    "follow_up": "【快讯更新】",
}

# ── subject and preheader ─────────────────────────────────────────────────────────────────
SUBJECT_WITHIN_WEEK = "{count} 条 7 天内截止"
SUBJECT_NEW = "新增 {count} 条"
SUBJECT_CHANGED = "更新 {count} 条"
SUBJECT_CHANGES = "{count} 条通知有变更"
SUBJECT_REMINDERS = "{count} 条将截止，最近{nearest}"
SUBJECT_EXTENDED_TO = "延期至{day}"
SUBJECT_NEW_NOTICE = "新通知"
PREHEADER_DEADLINE = "最近截止 {day}：{title}"
PREHEADER_TITLES = "；"

CONFIRM_SUBJECT = "【快讯】请确认接收通知的邮箱"
# What was heard of a message later, for staff: names of answers.toml, then WeChat's.
VERDICTS = {
    "delivered": "已送达", "dead": "没有这个信箱", "full": "信箱已满", "disabled": "账号停用",
    "rate": "限制频率", "greylist": "要求再发", "transient": "暂时不收", "quota": "额度用完",
    "content": "内容被拒", "bug": "邮件有误", "blocked": "发信环境有误", "relay": "发信账号有误",
    "unknown": "不明", "success": "已送达", "user block": "用户拒收", "system failed": "微信未送到",
    "freq limit": "发得太密",
}  # fmt: skip

STOPPED_SUBJECT = "【快讯】您的微信提醒已停止"

# ── the opening line ──────────────────────────────────────────────────────────────────────
OPENING = {
    "alert": "有{count}条与您有关的新通知",
    "daily": "今日摘要{count}条",
    "weekly": "本期{count}条",
    "reminder": "{count}条通知即将截止",
    "follow_up": "您收到过的{count}条通知有变更",
}
OPENING_PERIOD = "{first}至{last}，"
OPENING_WITHIN_WEEK = "，{count}条在7天内截止"
OPENING_CHANGED = "，其中{count}条是更新"

INSTEAD = "这封信代替{channel}消息发给您：{channel}没有收下。"
INSTEAD_OF_STOPPED = "这封信代替{channel}消息发给您：您的{channel}收不到我们的消息，已经停发。"

# ── sections ──────────────────────────────────────────────────────────────────────────────
CLOSING = "截止提醒"
CONTENTS = "目录"
CHANGES = "更新与更正"
OTHER_SECTION = "其他"
PLAIN_SECTION = {"alert": "新通知", "reminder": "即将截止"}
SECTION_ORDER = ("政策文件", "绿色制造", "申报通知")
MORE = "另有{count}条，网页查看"
EVERY = "在网页上逐条标记已办理、稍后提醒、关注"
LEVELS = ("本级", "下级", "上级", "全国")
LEVEL_AND_SECTION = "{level} · {section}"

# ── a card ────────────────────────────────────────────────────────────────────────────────
NATIONAL = "全国"
ANYWHERE = "不限地区"
PUBLISHED = "{day}发布"
LIST = "名单“{name}”"
GIST = {"who": "谁可以报", "given": "给什么", "how": "怎么报", "amounts": "金额", "conditions": "条件"}
GIST_MORE = "{label}（另有 {more}）"
SEE = "见{where}"
GIST_ATTACHED = "{label}（见{where}）"
ATTACHED = "附件"
OWN_WORD = "“{word}”"
WHY_TOLD_BEFORE = "此前向您发送过这条通知"
WHY_FOLLOWED = "您关注了这条通知"
SEPARATOR = " · "
BETWEEN_NAMES = "、"
BETWEEN_REASONS = "；"
ELLIPSIS = "…"
