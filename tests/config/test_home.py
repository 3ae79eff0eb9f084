"""Tests keep to a home of their own, so that they neither touch an installation nor each other."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tests import HOME
from tests.architecture.project import ROOT

pytestmark = pytest.mark.pure


def test_settings_were_read_for_the_home_of_the_tests() -> None:
    assert settings.HOME == HOME
    assert Path(tempfile.gettempdir()) in HOME.parents
    assert ROOT not in HOME.parents


def test_nothing_else_of_the_machine_s_settings_is_taken() -> None:
    assert [name for name in os.environ if name.startswith("TADAMUN_")] == ["TADAMUN_HOME"]
