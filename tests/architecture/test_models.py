"""Every table has a random key, a class and a retention period; ours in its model, others' in one table."""

from django.apps import apps
from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.config.third_party import TABLES
from wardmote.partnership.members.models import Account

OURS = [model for model in apps.get_models() if model.__module__.startswith("wardmote.")]
OTHERS = [model for model in apps.get_models() if not model.__module__.startswith("wardmote.")]


def test_every_table_of_ours_is_a_record_with_a_random_key() -> None:
    assert len(OURS) > 10
    for model in OURS:
        assert issubclass(model, Record) or model is Account, model
        assert isinstance(model._meta.pk, models.UUIDField), model


def test_every_table_of_ours_says_what_it_holds_and_for_how_long() -> None:
    for model in OURS:
        assert isinstance(model.data_class, DataClass), model
        years = model.retention_years
        assert years is None or years > 0, model


def test_every_table_of_a_library_is_classed_in_one_place() -> None:
    through = {f"{m._meta.app_label}.{m.__name__}" for m in OTHERS if not m._meta.auto_created}
    assert through == set(TABLES)


def test_every_app_label_is_the_name_of_its_folder() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("wardmote."):
            assert config.label == config.name.rpartition(".")[2]
