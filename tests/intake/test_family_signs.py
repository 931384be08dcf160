"""Which family a page tells."""

import pytest

from notices.intake.families import ADAPTERS
from notices.intake.family_signs import all_signs, families_of
from tests.intake.conftest import page

PAGES = [
    ("feed_atom.xml", "https://www.wuhu.gov.cn/rss/rss.xml?siteId=6787231", "feed"),
    ("feed_json.json", "https://gxj.mou.gov.cn/feed.json", "feed"),
    ("trs_henan_list.html", "https://gxt.henan.gov.cn/xxgk/wjjb/index.html", "trs"),
    ("trs_mnr_list.html", "https://www.mnr.gov.cn/gk/tzgg/", "trs"),
    ("trs_shanxi_list.html", "https://kjt.shanxi.gov.cn/zcfg/sxskjcxzc/", "trs"),
    ("trs_years_list.html", "https://gxj.mou.gov.cn/tzgg/", "trs"),
    ("jcms_jiangsu_list.html", "https://sthjt.jiangsu.gov.cn/col/col89427/index.html", "hanweb_jcms"),
    ("jcms_zhejiang_list.html", "https://sthjt.zj.gov.cn/col/col1/index.html", "hanweb_jcms"),
    ("jcms_jpage_list.html", "https://gxj.mou.gov.cn/col/col57143/index.html", "hanweb_jcms"),
    ("jpaas_ministry_list.html", "https://www.miit.gov.cn/zwgk/zcwj/wjfb/tz/index.html", "hanweb_jpaas"),
    ("jpaas_ministry_unit.json", "https://www.miit.gov.cn/front/page/build/unit?x=1", "hanweb_jpaas"),
    ("jpaas_jiangxi_list.html", "https://gxt.jiangxi.gov.cn/jxsgxt/zcwj/index.html", "hanweb_jpaas"),
    ("ucap_suzhou_list.html", "https://fg.suzhou.gov.cn/szfgw/ggl/nav_list.shtml", "ucap"),
    ("ucap_sichuan_list.html", "https://jxt.sc.gov.cn/scjxt/xzgfxwj/zcgfxwj_list.shtml", "ucap"),
    ("ucap_harbin.json", "https://www.harbin.gov.cn/common/search/5b80c5ff2bb349d6948d17015fa43ddf", "ucap"),
    ("longxun_kjt_list.html", "https://kjt.ah.gov.cn/kjzx/tzgg/", "longxun"),
    ("longxun_column.html", "https://jx.mou.gov.cn/public/column/7071?type=4&catId=1", "longxun"),
    ("gkmlpt_index.html", "http://gxj.gzx.gov.cn/gkmlpt/index#3155", "gkmlpt"),
    ("gkmlpt_list.html", "http://gxj.gzx.gov.cn/xxgk/tzgg/", "gkmlpt"),
    ("gkmlpt_articles.json", "http://gxj.gzx.gov.cn/gkmlpt/api/all/3155?page=1", "gkmlpt"),
    ("govcn_library.json", "https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary_bm", "govcn_library"),
    ("generic_view_list.html", "https://kjt.mou.gov.cn/view/iList.jsp?cat_id=221", "generic"),
]


@pytest.mark.parametrize(("name", "url", "family"), PAGES)
def test_page_tells_its_family(name: str, url: str, family: str) -> None:
    assert families_of(page(name).decode(), url)[0] == family


@pytest.mark.parametrize(("name", "url", "family"), PAGES)
def test_generic_is_always_left_to_try(name: str, url: str, family: str) -> None:
    assert families_of(page(name).decode(), url)[-1] == "generic", family


def test_signs_are_of_families_that_have_an_adapter() -> None:
    assert set(all_signs()) == set(ADAPTERS) - {"generic"}
