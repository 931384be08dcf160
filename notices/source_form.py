"""The staff's form of a source."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget

from notices.models import Source
from notices.region_fields import RegionField


class SourceForm(forms.ModelForm):
    """A source, its region by name. `refused`: why its recipe may not be kept, empty when it may."""

    refused = ""

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

    def clean(self) -> dict[str, Any]:
        """Refuse a recipe for the reason that was found before (`ProbeStep.changeform_view`)."""
        if self.refused:
            self.add_error("recipe", self.refused)
        return super().clean() or self.cleaned_data
