"""A member of staff at the desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import Client
from django.urls import reverse


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns where nothing was collected yet
    # No password: hashing one would take longer than the test.
    user = get_user_model().objects.create(username="wang", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


@pytest.fixture
def page() -> Callable[..., str]:
    """The address of an admin page: page(Source, "change", 3)."""

    def address(model: type[Model], what: str, *args: object) -> str:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)

    return address
