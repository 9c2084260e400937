from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "dure.foundation.audit"

    def ready(self) -> None:
        connection_created.connect(_teach_actor, dispatch_uid="dure_actor")
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="dure_triggers")


def _teach_actor(connection: BaseDatabaseWrapper, **_: Any) -> None:  # noqa: ANN401 - signal arguments
    """Give each SQLite connection the function its triggers ask who acts."""
    from dure.foundation.audit.context import actor_token

    if connection.vendor == "sqlite":
        connection.connection.create_function("dure_actor", 0, actor_token)


def _install_triggers(using: str, **_: Any) -> None:  # noqa: ANN401 - signal arguments
    from dure.foundation.audit.triggers import install

    install(using)
