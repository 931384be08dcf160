"""Regions as staff type and read them: by name, in forms and in imported tables."""

from functools import cache
from typing import Any

from django import forms
from import_export.widgets import Widget

from notices.lexicon import regions


@cache
def _by_full_name() -> dict[str, int]:
    return {regions.full_name(region.id): region.id for region in regions.all_regions()}


def region_named(name: str) -> int:
    """The region of a full, short or whole name (安徽省淮北市); ValueError, in Chinese, if unsure."""
    found = _by_full_name().get(name.strip()) or regions.find(name)
    if found is None:
        raise ValueError(f"没有名为“{name}”的地区，或不止一处；请写全称，如 安徽省淮北市")
    return found


class RegionField(forms.CharField):
    """A region by its name."""

    def prepare_value(self, value: Any) -> Any:
        return regions.full_name(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The region's id."""
        name = super().clean(value)
        try:
            return region_named(name) if name else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class RegionWidget(Widget):
    """A region by name in an imported or exported table."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:  # noqa: ARG002, import-export's signature
        return region_named(str(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:  # noqa: ARG002, as above
        return "" if value is None else regions.full_name(value)
