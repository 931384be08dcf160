"""The nine sources of the demo: the sites that the seed newsletter linked to, as staff would enter them."""

from typing import Any, NotRequired, TypedDict


class SourceRow(TypedDict):
    """What a `notices.models.Source` is made from; `region` is a path of names, outermost first."""

    slug: str
    name: str
    url: str
    family: str
    region: str
    issuer: str
    recipe: NotRequired[dict[str, Any]]


SOURCES: tuple[SourceRow, ...] = (
    {
        "slug": "mee-xxgk03",
        "name": "生态环境部 部文件",
        "url": "http://www.mee.gov.cn/xxgk2018/xxgk/xxgk03/",
        "family": "trs",
        "region": "全国",
        "issuer": "生态环境部",
    },
    {
        "slug": "chinatorch-tzgg",
        "name": "科技部火炬中心 通知公告",
        "url": "http://www.chinatorch.gov.cn/kjb/tzgg/list.shtml",
        "family": "ucap",
        "region": "全国",
        "issuer": "科学技术部火炬高技术产业开发中心",
    },
    {
        "slug": "mnr-tzgg",
        "name": "自然资源部 通知公告",
        "url": "http://www.mnr.gov.cn/gk/tzgg/",
        "family": "trs",
        "region": "全国",
        "issuer": "自然资源部",
        # Half of the list lies on the site for 政府信息公开.
        "recipe": {"hosts": ["gi.mnr.gov.cn"]},
    },
    {
        "slug": "huaibei-jxj",
        "name": "淮北市经济和信息化局 通知公告",
        "url": "http://jxj.huaibei.gov.cn/xxfb/tzgg/index.html",
        "family": "longxun",
        "region": "安徽省淮北市",
        "issuer": "淮北市经济和信息化局",
    },
    {
        "slug": "yuyao-gov",
        "name": "余姚市人民政府 经信局文件",
        "url": "http://yy.gov.cn/col/col69772/index.html",
        "family": "hanweb_jcms",
        "region": "浙江省宁波市余姚市",
        "issuer": "余姚市经济和信息化局",
    },
    {
        "slug": "mee-jcs",
        "name": "生态环境部监测司 通知公告",
        "url": "http://jcs.mee.gov.cn/tzgg/",
        "family": "trs",
        "region": "全国",
        "issuer": "生态环境部生态环境监测司",
    },
    {
        "slug": "beijing-jxj",
        "name": "北京市经济和信息化局 通知公告",
        "url": "https://jxj.beijing.gov.cn/jxdt/tzgg/",
        "family": "trs",
        "region": "北京市",
        "issuer": "北京市经济和信息化局",
        # Its addresses carry a number and no date, unlike other TRS sites.
        "recipe": {
            "rows": "//ul[contains(concat(' ', @class, ' '), ' listul ')]/li",
            "link": "./a",
            "date": "./span",
        },
    },
    {
        "slug": "tianjin-gyxxh",
        "name": "天津市工业和信息化局 通知公告",
        "url": "http://gyxxh.tj.gov.cn/tzgg/",
        "family": "trs",
        "region": "天津市",
        "issuer": "天津市工业和信息化局",
        # As in Beijing; and the day stands in a font element.
        "recipe": {
            "rows": "//div[contains(concat(' ', @class, ' '), ' list01 ')]//li",
            "link": "./a",
            "date": "./font",
        },
    },
    {
        "slug": "shanxi-kjt",
        "name": "山西省科学技术厅 基础研究处",
        "url": "http://kjt.shanxi.gov.cn/rss/jcyjc.xml",
        "family": "feed",
        "region": "山西省",
        "issuer": "山西省科学技术厅",
        # A feed gives no more than the beginning; the text stands on the page it links to.
        "recipe": {"body": ["//*[@id='article_con']"]},
    },
)
