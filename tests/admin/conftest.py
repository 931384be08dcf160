"""A member of staff at the desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.intake.conftest import Web, serving
from tests.intake.conftest import page as saved_page


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns where nothing was collected yet
    # No password: hashing one would take longer than the test.
    user = get_user_model().objects.create(username="wang", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


@pytest.fixture
def web(settings: Settings) -> Iterator[Web]:
    """A web on loopback with one list at two addresses, and settings that lead there."""
    with serving() as web:
        settings.INTAKE_HOST_GAP = 0
        settings.INTAKE_ALLOW_NETS = ["127.0.0.0/8"]
        settings.INTAKE_CONNECT_TO = [f"80=127.0.0.1:{web.port}"]
        web["/"] = web["/xxfb/tzgg/index.html"] = saved_page("longxun_kjt_list.html").decode()
        yield web


@pytest.fixture
def page() -> Callable[..., str]:
    """The address of an admin page: page(Source, "change", 3)."""

    def address(model: type[Model], what: str, *args: object) -> str:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)

    return address
