"""The form in which staff make a filter: checked, explained, previewed, and warned of before it is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alerts.previewing import MANY_A_WEEK, Preview, preview
from config.clock import business_now
from notices.lexicon.kinds import KIND_NAMES, Kind
from notices.models import Notice
from subscribers.filter_words import Misnamed, explained, own_words, region_ids, topic_ids
from subscribers.filters import FilterSpec, describe
from subscribers.models import Filter

PREVIEW = "_preview"
_READ = {
    "regions": region_ids, "topics": topic_ids, "words": own_words, "all_words": own_words,
    "any_words": own_words, "none_words": own_words, "issuers": own_words,
}  # fmt: skip


def _names(label: str, says: str) -> forms.CharField:
    wide = forms.TextInput(attrs={"class": "vTextField", "style": "width: 36em; max-width: 95%"})
    return forms.CharField(label=label, required=False, help_text=says, widget=wide)


class FilterForm(forms.ModelForm):
    """All switches of DESIGN section 5, by names. `previewed` and `explained` are there once it is valid."""

    regions = _names("地区", "全称或简称，用顿号隔开，如：浙江省、淮北市。不填为不限")
    below = forms.BooleanField(label="含下级", required=False, initial=True, help_text="浙江也收余姚的")
    above = forms.BooleanField(label="含上级", required=False, initial=True, help_text="余姚也收浙江和全国的")
    topics = _names("主题", "如：绿色制造、危险废物；较窄的主题已含在内。不填为不限")
    words = _names("自定词", "标题或正文里有这个词，与主题同等看待，如：氢能")
    all_words = _names("须都有的词", "缺一个就不要")
    any_words = _names("须有其一的词", "一个都没有就不要")
    none_words = _names("不要的词", "有一个就不要，如：公示、延长")
    kinds = forms.MultipleChoiceField(
        label="类别", required=False, choices=[(kind.value, KIND_NAMES[kind]) for kind in Kind],
        widget=forms.CheckboxSelectMultiple, help_text="不选为新闻动态之外的全部",
    )  # fmt: skip
    issuers = _names("发文机关", "名称里的字即可，如：工业和信息化部")
    only_with_deadline = forms.BooleanField(label="只看有截止的", required=False)
    only_followed = forms.BooleanField(
        label="只看我关注的通知的变化", required=False, help_text="单独使用：订户逐条关注的通知有变化才告诉"
    )
    sure = forms.BooleanField(
        label="仍要保存", required=False, help_text=f"每周会超过 {MANY_A_WEEK} 条时，勾选才能保存"
    )

    previewed: Preview | None = None
    spec: FilterSpec | None = None

    class Meta:
        model = Filter
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """The filter, if all names are known; kept only after a warning was heeded."""
        values = super().clean() or self.cleaned_data
        asked: dict[str, Any] = {name: self._read(name, values.get(name, "")) for name in _READ}
        if self.errors:
            return values
        switches = ("below", "above", "only_with_deadline", "only_followed")
        self.spec = FilterSpec(
            **asked,
            **{name: values[name] for name in switches},
            kinds=tuple(Kind(kind) for kind in values["kinds"]),
        )
        if self.spec.only_followed and (
            any(asked.values()) or values["kinds"] or values["only_with_deadline"]
        ):
            raise ValidationError("“只看我关注的通知的变化”要单独使用，请清空其他条件")
        self.spec = self.spec.canonical()
        self.previewed = preview(self.spec, business_now())
        self._warn(self.previewed, sure=values["sure"])
        return values

    def _read(self, name: str, written: str) -> tuple[Any, ...]:
        try:
            return _READ[name](written)
        except Misnamed as error:
            self.add_error(name, str(error))
            return ()

    def _warn(self, found: Preview, *, sure: bool) -> None:
        if PREVIEW in self.data:
            also = f"；每周超过 {MANY_A_WEEK} 条，保存时须勾选“仍要保存”" if found.too_many else ""
            raise ValidationError(f"这是预览，还没有保存；合意后请按“保存”{also}")
        if found.too_many and not sure:
            raise ValidationError(
                f"还没有保存：这个条件每周约带来 {found.a_week:.0f} 条，超过 {MANY_A_WEEK} 条。"
                "请收窄地区、主题或类别；确要这么多，请勾选“仍要保存”"
            )

    @property
    def said(self) -> list[str]:
        """The filter and its preview in words; nothing before it was sent in."""
        if self.spec is None or self.previewed is None:
            return []
        return [describe(self.spec), *explained(self.spec), _counted(self.previewed)]

    @property
    def newest(self) -> list[Notice]:
        """The newest notices that it would have brought."""
        found = Notice.objects.in_bulk(self.previewed.newest) if self.previewed else {}
        return [found[pk] for pk in (self.previewed.newest if self.previewed else ()) if pk in found]


def _counted(found: Preview) -> str:
    days = max((found.until - found.since).days, 1)
    over = f"最近 {days} 天" if found.whole else f"最近 {days} 天（来不及看满 90 天）"
    return f"{over}里有 {found.count} 条符合，平均每周 {found.a_week:.1f} 条。"
