"""The staff's form of a source."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget

from notices.models import Source
from notices.region_fields import RegionField


class SourceForm(forms.ModelForm):
    """A source, its region by name.

    `refused`: field → why it may not be saved. `typed`: values to begin with in the place of those that are
    kept, for a form that is shown again after 试取.
    """

    refused: Mapping[str, str] = {}
    typed: Mapping[str, Any] = {}

    url = forms.CharField(
        label="列表地址",
        max_length=500,
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text="也可写 rsshub:/gov/… 这样的路由",
    )
    region = RegionField(label="地区", help_text="全称或简称，如 全国、安徽省淮北市、余姚市")

    class Meta:
        model = Source
        fields = (
            "slug", "name", "url", "family", "recipe", "region", "issuer", "enabled",
            "robots_override", "tls_profile", "tls_pin",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {**(kwargs.get("initial") or {}), **self.typed}})

    def clean(self) -> dict[str, Any]:
        """Refuse a value for the reason that was found before (`ProbeStep.changeform_view`)."""
        for name, why in self.refused.items():
            if name not in self.errors:
                self.add_error(name, why)
        return super().clean() or self.cleaned_data
