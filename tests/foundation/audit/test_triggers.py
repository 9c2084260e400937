"""The database itself refuses changes without an actor. Runs on whichever engine is set."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories.foundation import make_organisation

from dure.foundation.audit import triggers
from dure.foundation.audit.actor import SYSTEM, Actor
from dure.foundation.audit.context import acting, actor_token, current_actor
from dure.foundation.audit.models import AuditEntry
from dure.foundation.audit.record import UnrecordedWriteError, recorded
from dure.foundation.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def execute(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE organisations_organisation SET name = 'x'",
        "DELETE FROM organisations_organisation",
        """INSERT INTO organisations_organisation (name, kind, is_example, created_at)
        VALUES ('x', 'firm', false, CURRENT_TIMESTAMP)""",
    ],
)
def test_raw_sql_without_an_actor_is_refused_and_changes_nothing(sql: str) -> None:
    organisation = make_organisation("한빛정밀")

    with pytest.raises(IntegrityError, match="without an actor"):
        execute(sql)

    assert list(Organisation.objects.values_list("pk", "name")) == [(organisation.pk, "한빛정밀")]


def test_orm_write_without_an_actor_is_refused() -> None:
    with pytest.raises(IntegrityError, match="without an actor"), transaction.atomic():
        Organisation.objects.create(name="무명", kind=Organisation.Kind.FIRM)

    assert Organisation.objects.count() == 0


def test_raw_sql_with_an_actor_passes() -> None:
    make_organisation("한빛정밀")

    with acting(SYSTEM):
        execute("UPDATE organisations_organisation SET name = 'x'")

    assert Organisation.objects.get().name == "x"


def test_actor_is_gone_after_the_block() -> None:
    with acting(SYSTEM):
        pass

    assert current_actor() is None
    with pytest.raises(IntegrityError, match="without an actor"), transaction.atomic():
        Organisation.objects.create(name="무명", kind=Organisation.Kind.FIRM)


def test_inner_block_gives_the_outer_actor_back() -> None:
    owner = Actor(label="김대표", role="owner", user_id=7, organisation_id=3)

    with acting(owner):
        with acting(SYSTEM):
            assert actor_token() == "system:-:-"
        assert actor_token() == "owner:7:3"
        Organisation.objects.create(name="가나다", kind=Organisation.Kind.FIRM)

    assert Organisation.objects.count() == 1


def test_inner_failure_leaves_the_outer_block_usable() -> None:
    with acting(SYSTEM):
        with pytest.raises(ZeroDivisionError), acting(Actor(label="x", role="owner")):
            Organisation.objects.create(name="지워짐", kind=Organisation.Kind.FIRM)
            raise ZeroDivisionError
        Organisation.objects.create(name="남음", kind=Organisation.Kind.FIRM)

    assert [o.name for o in Organisation.objects.all()] == ["남음"]


def test_recorded_write_and_its_audit_row_come_together() -> None:
    owner = Actor(label="김대표", role="owner", user_id=7, organisation_id=3)

    with recorded(owner, "organisations:organisation:renamed", reason="상호 변경") as write:
        organisation = Organisation.objects.create(name="새이름", kind=Organisation.Kind.FIRM)
        write.subject(organisation, organisation_id=3, old={"name": "옛"}, new={"name": "새이름"})

    entry = AuditEntry.objects.get()
    assert (entry.actor_user_id, entry.actor_organisation_id, entry.actor_role) == (7, 3, "owner")
    assert (entry.action, entry.reason) == ("organisations:organisation:renamed", "상호 변경")
    assert (entry.subject_type, entry.subject_id) == (
        "organisations.organisation",
        str(organisation.pk),
    )
    assert (entry.old, entry.new) == ({"name": "옛"}, {"name": "새이름"})


def test_recorded_block_that_names_no_subject_is_rolled_back() -> None:
    with pytest.raises(UnrecordedWriteError), recorded(SYSTEM, "organisations:x:made"):
        Organisation.objects.create(name="x", kind=Organisation.Kind.FIRM)

    assert Organisation.objects.count() == 0
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_auditentry SET actor_label = 'x'", "DELETE FROM audit_auditentry"]
)
def test_audit_row_can_neither_be_changed_nor_removed_even_by_an_actor(sql: str) -> None:
    with recorded(SYSTEM, "organisations:organisation:seen") as write:
        write.subject(Organisation.objects.create(name="x", kind="firm"), organisation_id=None)

    with pytest.raises(IntegrityError, match="never allowed"), acting(SYSTEM):
        execute(sql)

    assert AuditEntry.objects.get().actor_label == "시스템"


def test_audit_row_needs_an_actor() -> None:
    with pytest.raises(IntegrityError, match="without an actor"):
        execute(
            "INSERT INTO audit_auditentry (at, actor_label, actor_role, action, subject_type,"
            " subject_id, reason, old, new)"
            " VALUES (CURRENT_TIMESTAMP, 'x', 'x', 'x', 'x', '1', '', '{}', '{}')"
        )

    assert AuditEntry.objects.count() == 0


def test_removed_triggers_come_back_and_installing_twice_is_harmless() -> None:
    triggers.remove()
    Organisation.objects.create(name="열림", kind=Organisation.Kind.FIRM)

    triggers.install()
    triggers.install()

    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.create(name="닫힘", kind=Organisation.Kind.FIRM)
    assert Organisation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_guards_hold_outside_any_test_transaction() -> None:
    make_organisation("한빛정밀")

    with pytest.raises(IntegrityError, match="without an actor"):
        Organisation.objects.update(name="x")

    assert Organisation.objects.get().name == "한빛정밀"


@pytest.mark.django_db(transaction=True)
def test_guards_hold_after_the_database_was_emptied() -> None:
    assert Organisation.objects.count() == 0

    with pytest.raises(IntegrityError, match="without an actor"):
        Organisation.objects.create(name="x", kind=Organisation.Kind.FIRM)
