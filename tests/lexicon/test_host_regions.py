"""Which region a host speaks for."""

import pytest

from notices.lexicon.host_regions import region_of_host, region_of_title
from notices.lexicon.regions import full_name

HOSTS = [
    ("www.mee.gov.cn", "全国"),
    ("jcs.mee.gov.cn", "全国"),
    ("gi.mnr.gov.cn", "全国"),
    ("www.chinatorch.gov.cn", "全国"),
    ("sousuo.www.gov.cn", "全国"),
    ("www.gov.cn", "全国"),
    ("jxj.huaibei.gov.cn", "安徽省淮北市"),
    ("jxj.beijing.gov.cn", "北京市"),
    ("gyxxh.tj.gov.cn", "天津市"),
    ("kjt.shanxi.gov.cn", "山西省"),
    ("gxt.shaanxi.gov.cn", "陕西省"),
    ("www.sheitc.sh.gov.cn", "上海市"),
    ("gxt.gxzf.gov.cn", "广西壮族自治区"),
    ("sthjt.nmg.gov.cn", "内蒙古自治区"),
    ("jxt.hubei.gov.cn", "湖北省"),
    ("jxj.hefei.gov.cn", "安徽省合肥市"),
    ("jxw.yantai.gov.cn", "山东省烟台市"),
    ("gxj.sz.gov.cn", "广东省深圳市"),
    ("kjj.wuhan.gov.cn", "湖北省武汉市"),
    ("www.harbin.gov.cn", "黑龙江省哈尔滨市"),
    ("fg.suzhou.gov.cn", "江苏省苏州市"),
    ("jxj.nanjing.gov.cn", "江苏省南京市"),
    ("www.yuyao.gov.cn", "浙江省宁波市余姚市"),
    ("jxj.liangjiang.gov.cn", "重庆市两江新区"),
    ("www.xiongan.gov.cn", "河北省雄安新区"),
    ("qh.sz.gov.cn", "广东省深圳市前海深港现代服务业合作区"),
    ("www.qh.gov.cn", "青海省"),
    ("gxq.hefei.gov.cn", "安徽省合肥市合肥高新技术产业开发区"),
    ("gxq.bengbu.gov.cn", "安徽省蚌埠市蚌埠高新技术产业开发区"),
    ("jkq.weihai.gov.cn", "山东省威海市威海经济技术开发区"),
    ("www.lg.gov.cn", "广东省深圳市龙岗区"),
    ("www.zh.gov.cn", "浙江省宁波市镇海区"),
    ("www.hc.gov.cn", "重庆市合川区"),
    ("cqstl.gov.cn", "重庆市铜梁区"),
    ("www.fjsx.gov.cn", "福建省三明市沙县区"),
    ("kxj.njyh.gov.cn", "江苏省南京市雨花台区"),
    ("www.eco-city.gov.cn", "天津市滨海新区中新天津生态城"),
    ("www.nnhitech.gov.cn", "广西壮族自治区南宁市南宁高新技术产业开发区"),
    ("gxq.huaibei.gov.cn", "安徽省淮北市"),
]


@pytest.mark.parametrize(("host", "name"), HOSTS)
def test_host_names_its_region(host: str, name: str) -> None:
    region = region_of_host(host)
    assert region is not None
    assert full_name(region) == name


@pytest.mark.parametrize(
    "host", ["yy.gov.cn", "jxj.huaipei.gov.cn", "www.yichun.gov.cn", "www.chinadaily.com.cn", "127.0.0.1", ""]
)
def test_host_that_could_be_several_places_or_none_says_nothing(host: str) -> None:
    assert region_of_host(host) is None


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("余姚市人民政府 经信局文件", "浙江省宁波市余姚市"), ("河南省工业和信息化厅", "河南省"),
        ("鼓楼区人民政府", None), ("通知公告", None), ("市经信局", None), ("", None),
    ],
)  # fmt: skip
def test_name_of_a_site_begins_with_its_region(title: str, region: str | None) -> None:
    found = region_of_title(title)
    assert (full_name(found) if found else None) == region
