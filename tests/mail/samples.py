"""Letters for tests and for looking at: plausible notices of our own, nothing from a database."""

from dataclasses import replace
from datetime import date, datetime, time

from alerts.letter_items import LetterItem, LetterOrder, NoticeFacts, Reason
from notices.lexicon.kinds import Kind

NOW = datetime.fromisoformat("2019-10-28T08:30:00+08:00")
BASE = "https://kuaixun.example.cn"
TOKEN = "Zk3v9QpXr7sT1uWb5yNc2A"

HUAIBEI = NoticeFacts(
    id=4,
    title="关于做好2019年淮北市绿色工厂推荐工作的通知",
    source_url="http://jxj.huaibei.gov.cn/xxfb/tzgg/18648261.html",
    source_name="淮北市经济和信息化局",
    kind=Kind.APPLICATION,
    section="绿色制造",
    issuer="淮北市经济和信息化局",
    doc_no="淮经信节能函〔2019〕51号",
    published=date(2019, 10, 21),
    places=("安徽省淮北市",),
    topics=("绿色制造", "绿色工厂"),
    deadline=date(2019, 10, 29),
    deadline_at=time(17, 0),
    deadline_who="县区经信部门",
    deadline_what="报送申报材料",
    deadline_quote="请于10月29日17时前报送至市局节能科",
    deadline_where="附件2，第3页",
    extract=(
        "请各县区组织符合条件的企业对照绿色工厂评价要求开展自评价，经审核后于10月29日17时前报送至市局节能科。",
    ),
    attachments=(("绿色工厂推荐汇总表.xlsx", "http://jxj.huaibei.gov.cn/files/huizong.xlsx"),),
)
CONSULTATION = NoticeFacts(
    id=3,
    title="关于公开征求《关于建立激励机制加快推进矿山生态修复的意见（征求意见稿）》意见的通知",
    source_url="http://gi.mnr.gov.cn/201910/t20191022_2473024.html",
    source_name="自然资源部",
    kind=Kind.CONSULTATION,
    section="绿色制造",
    issuer="自然资源部国土空间生态修复司",
    published=date(2019, 10, 22),
    places=("全国",),
    topics=("生态修复",),
    deadline=date(2019, 11, 6),
    deadline_who="单位和个人",
    deadline_what="反馈意见",
    extract=("各单位和个人可在11月6日前通过信函或电子邮件提出修改建议，并注明所依据的条款。",),
)
BEIJING = NoticeFacts(
    id=7,
    title="关于组织开展2019年度北京市智能制造关键技术装备供应商征集工作的通知",
    source_url="https://jxj.beijing.gov.cn/jxdt/tzgg/304517.htm",
    source_name="北京市经济和信息化局",
    kind=Kind.APPLICATION,
    section="申报通知",
    issuer="北京市经济和信息化局",
    published=date(2019, 10, 24),
    places=("北京市",),
    topics=("智能制造",),
    deadline=date(2019, 11, 1),
    deadline_who="申报单位",
    deadline_what="报送申报书",
    extract=("凡在本市注册、具备智能制造装备研制能力的企业，可在11月1日前提交申报书纸质件一式两份。",),
    attachments=(
        ("供应商申报书.docx", "https://jxj.beijing.gov.cn/files/sbs.docx"),
        ("评价指标说明.pdf", "https://jxj.beijing.gov.cn/files/zb.pdf"),
    ),
)
HAZARDOUS = NoticeFacts(
    id=1,
    title="关于提升危险废物环境监管能力、利用处置能力和环境风险防范能力的指导意见",
    source_url="http://www.mee.gov.cn/xxgk2018/xxgk/xxgk03/201910/t20191021_738260.html",
    source_name="生态环境部",
    kind=Kind.POLICY,
    section="政策文件",
    issuer="生态环境部",
    doc_no="环固体〔2019〕92号",
    published=date(2019, 10, 15),
    places=("全国",),
    topics=("危险废物", "环境监管"),
    extract=("到2025年年底，危险废物的监管、处置与风险防范能力要与实际需求相匹配，重点区域提前完成。",),
)
SPOT_CHECK = NoticeFacts(
    id=2,
    title="关于开展2019年入库科技型中小企业评价信息抽查工作的通知",
    source_url="http://www.chinatorch.gov.cn/kjb/tzgg/201910/f014407f297c40b3ab2955a75006501b.shtml",
    source_name="火炬中心",
    kind=Kind.OTHER,
    section="政策文件",
    issuer="科学技术部火炬高技术产业开发中心",
    doc_no="国科火字〔2019〕181号",
    published=date(2019, 10, 18),
    places=("全国",),
    topics=("科技型企业",),
    deadline=date(2019, 11, 15),
    deadline_who="被抽查企业",
    deadline_what="上传证明材料",
    extract=("被抽中的科技型中小企业应在11月15日前登录系统上传证明材料，逾期视为放弃。",),
)
YUYAO = NoticeFacts(
    id=5,
    title="关于下达余姚市2018年度绿色制造专项资金的通知",
    source_url="http://yy.gov.cn/art/2019/10/21/art_69772_9697648.html",
    source_name="余姚市经济和信息化局",
    kind=Kind.RESULT,
    section="绿色制造",
    issuer="余姚市经济和信息化局、余姚市财政局",
    published=date(2019, 10, 16),
    places=("浙江省宁波市余姚市",),
    topics=("绿色制造",),
    extract=("现将绿色制造专项资金下达给你们，请专款专用，并于年底前完成绩效自评。",),
)
MONITORING = NoticeFacts(
    id=6,
    title="关于公开征求《生态环境监测条例（草案征求意见稿）》意见的通知",
    source_url="http://jcs.mee.gov.cn/tzgg/201910/t20191023_738682.shtml",
    source_name="生态环境部监测司",
    kind=Kind.CONSULTATION,
    section="申报通知",
    issuer="生态环境部生态环境监测司",
    published=date(2019, 10, 24),
    places=("全国",),
    topics=("环境监管",),
    deadline=date(2019, 11, 23),
    deadline_who="机关团体、企事业单位和个人",
    deadline_what="反馈意见",
)
TIANJIN = NoticeFacts(
    id=8,
    title="关于发布2019年第三批天津市智能制造专项资金项目申报指南的通知",
    source_url="http://gyxxh.tj.gov.cn/tzgg/69044.htm",
    source_name="天津市工业和信息化局",
    kind=Kind.APPLICATION,
    section="申报通知",
    issuer="天津市工业和信息化局、市财政局",
    published=date(2019, 10, 23),
    places=("天津市",),
    topics=("智能制造",),
    deadline_unsure=True,
    extract=("各区主管部门按智能制造专项资金指南组织初审，企业申报时间由各区另行通知。",),
)
SHANXI = NoticeFacts(
    id=9,
    title="关于发布2019年度山西省平台基地专项申报指南的通知",
    source_url="http://kjt.shanxi.gov.cn/jcyjc/49165.jhtml",
    source_name="山西省科学技术厅",
    kind=Kind.APPLICATION,
    section="申报通知",
    issuer="山西省科学技术厅",
    published=date(2019, 10, 22),
    places=("山西省",),
    topics=("科技型企业",),
    rolling=True,
)
EXTENDED = replace(
    HUAIBEI,
    deadline=date(2019, 11, 5),
    deadline_was=date(2019, 10, 29),
    changed_by_title="关于延长2019年淮北市绿色工厂推荐工作时间的通知",
    changed_by_url="http://jxj.huaibei.gov.cn/xxfb/tzgg/18650077.html",
)

ALL = (HAZARDOUS, SPOT_CHECK, CONSULTATION, HUAIBEI, YUYAO, MONITORING, BEIJING, TIANJIN, SHANXI)


def reasons_for(facts: NoticeFacts) -> tuple[Reason, ...]:
    """A plausible reason for each sample."""
    own = Reason(facts.places[0], facts.topics[:1], level="全国" if facts.places[0] == "全国" else "本级")
    listed = Reason("京津冀", (), level="下级", through="京津冀政策组")
    return (own, listed) if facts in {BEIJING, TIANJIN} else (own,)


def items(*notices: NoticeFacts, change: str = "new") -> tuple[LetterItem, ...]:
    """The notices as items of a letter."""
    return tuple(LetterItem(facts, change, reasons=reasons_for(facts)) for facts in notices)


def order(kind: str, *of: LetterItem, cadence: str = "at_once", **more: object) -> LetterOrder:
    """An order for a letter at NOW."""
    return replace(
        LetterOrder(
            key=f"{kind}:sample",
            kind=kind,  # type: ignore[arg-type]
            cadence=cadence,
            name="张工",
            composed_at=NOW,
            items=of,
            base_url=BASE,
            leave_url=f"{BASE}/u/{TOKEN}/",
            wishes=("浙江省 · 全部主题（每日摘要，邮件）", "名单“京津冀政策组”（每周摘要，邮件）"),
        ),
        **more,  # type: ignore[arg-type]
    )


def many(count: int) -> tuple[LetterItem, ...]:
    """So many different notices."""
    return items(
        *(
            replace(ALL[place % len(ALL)], id=100 + place, title=f"{ALL[place % len(ALL)].title}之{place}")
            for place in range(count)
        )
    )


ORDERS = {
    "weekly": order(
        "digest",
        *items(*ALL),
        *items(
            replace(EXTENDED, id=40, title="关于做好2019年亳州市绿色园区推荐工作的通知"), change="extends"
        ),
        cadence="weekly",
        period=(date(2019, 10, 21), date(2019, 10, 27)),
    ),
    "daily": order("digest", *items(BEIJING, CONSULTATION, YUYAO), cadence="daily"),
    "alert": order("alert", *items(BEIJING)),
    "alert_many": order("alert", *items(SHANXI, BEIJING, HUAIBEI, TIANJIN)),
    "reminder": order("reminder", *items(HUAIBEI, change="remind")),
    "reminder_many": order("reminder", *items(BEIJING, HUAIBEI, CONSULTATION, change="remind")),
    "follow_up": order("follow_up", LetterItem(EXTENDED, "extends")),
    "follow_up_many": order(
        "follow_up",
        LetterItem(EXTENDED, "extends"),
        LetterItem(
            replace(
                SHANXI, changed_by_title="关于撤回申报指南的公告", changed_by_url="http://kjt.shanxi.gov.cn/1"
            ),
            "withdraws",
        ),
        LetterItem(
            replace(
                YUYAO, changed_by_title="余姚市绿色制造资金拨付结果", changed_by_url="http://yy.gov.cn/2"
            ),
            "results",
        ),
    ),
    "weekly_long": order(
        "digest", *many(75), cadence="weekly", period=(date(2019, 10, 21), date(2019, 10, 27))
    ),
}
