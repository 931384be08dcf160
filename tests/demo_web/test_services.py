"""What the CMS families answer besides pages."""

import json
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime

from demo.web.server import GovernmentWeb
from tests.demo_web.conftest import Fetch

PROXY = "http://yy.gov.cn/module/web/jpage/dataproxy.jsp?columnid=69772&unitid=193841"
CHANNEL = "http://www.chinatorch.gov.cn/common/search/0ea6c7e3f0c84f9d8bd2f1a57e3c9b64"


def test_ucap_channel_gives_its_list_as_json(web: GovernmentWeb, fetch: Fetch) -> None:
    data = json.loads(fetch(f"{CHANNEL}?_isJson=true&page=1").text)["data"]

    assert (data["total"], len(data["results"])) == (8, 6)
    assert data["results"][0]["publishedTimeStr"] == "2019-10-23 09:20:00"
    assert "于2019年11月15日前通过评价工作系统上传" in data["results"][0]["contentHtml"]


def test_hanweb_proxy_gives_the_asked_records(web: GovernmentWeb, fetch: Fetch) -> None:
    store = ET.fromstring(fetch(f"{PROXY}&startrecord=7&endrecord=12").text)

    assert (store.findtext("totalrecord"), store.findtext("totalpage")) == ("7", "2")
    assert [record.text for record in store.iter("record") if "art_69772_9674280" in (record.text or "")]


def test_hanweb_column_carries_its_rows_as_cdata(web: GovernmentWeb, fetch: Fetch) -> None:
    page = fetch("http://yy.gov.cn/col/col69772/index.html").text

    assert '<record><![CDATA[<li><a href="/art/2019/10/21/art_69772_9697648.html"' in page


def test_longxun_site_has_a_feed(web: GovernmentWeb, fetch: Fetch) -> None:
    feed = ET.fromstring(fetch("http://jxj.huaibei.gov.cn/rss/rss.xml?siteId=4698971").text)

    assert feed.findtext("channel/item/link") == "http://jxj.huaibei.gov.cn/xxfb/tzgg/18648399.html"


def test_jeecms_feed_dates_its_items(web: GovernmentWeb, fetch: Fetch) -> None:
    answer = fetch("http://kjt.shanxi.gov.cn/rss/jcyjc.xml")

    item = ET.fromstring(answer.text).find("channel/item")
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert item is not None
    assert parsedate_to_datetime(item.findtext("pubDate", "")).isoformat() == "2019-10-25T09:10:00+08:00"


def test_jeecms_list_stands_beside_its_feed(web: GovernmentWeb, fetch: Fetch) -> None:
    assert "/jcyjc/49165.jhtml" in fetch("http://kjt.shanxi.gov.cn/jcyjc/index.jhtml").text
