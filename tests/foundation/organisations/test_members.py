"""Organisations: founding, roles, the last one responsible, closing."""

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from tests.factories.foundation import make_member, make_organisation, make_user

from dure.foundation.audit.models import AuditEntry
from dure.foundation.organisations.actions import (
    close_organisation,
    create_organisation,
    end_membership,
    found_agency,
    grant_role,
    switch_role,
)
from dure.foundation.organisations.errors import LastOwnerError, RoleRefusedError
from dure.foundation.organisations.models import Invitation, Membership, Organisation
from dure.foundation.organisations.queries import (
    actor_of,
    find_actor,
    get_organisation,
    list_agency_ids,
    list_members,
    list_memberships,
    list_user_ids,
)
from dure.foundation.organisations.roles import GRANTS, Role, is_granted

pytestmark = pytest.mark.django_db


def test_founder_of_a_firm_is_its_owner_and_of_an_agency_its_operator() -> None:
    user = make_user(name="김한빛")

    owner = create_organisation(user.pk, name="한빛정밀", kind=Organisation.Kind.FIRM)
    operator = create_organisation(user.pk, name="진흥원", kind=Organisation.Kind.AGENCY)

    assert (owner.role, operator.role) == (Role.OWNER, Role.OPERATOR)
    assert owner.label == "김한빛"
    assert [m.organisation_name for m in list_memberships(user.pk)] == ["한빛정밀", "진흥원"]
    assert list_agency_ids() == (operator.organisation_id,)
    assert AuditEntry.objects.filter(action="organisations:organisation:created").count() == 2


def test_person_without_membership_acts_as_nobody() -> None:
    assert find_actor(make_user().pk) is None


def test_chosen_membership_is_used_while_it_lives() -> None:
    user, first = make_member()
    _, second = make_member(Role.OPERATOR, user=user)
    chosen = Membership.objects.get(role=Role.OPERATOR)

    assert find_actor(user.pk, chosen.pk) == second == actor_of(chosen.pk)
    assert find_actor(user.pk) == find_actor(user.pk, 999) == first


def test_owner_cannot_make_an_operator_nor_an_operator_an_owner() -> None:
    _, owner = make_member()
    _, operator = make_member(Role.OPERATOR)
    user = make_user()

    with pytest.raises(RoleRefusedError):
        grant_role(owner, user.pk, Role.OPERATOR)
    with pytest.raises(RoleRefusedError):
        grant_role(operator, user.pk, Role.OWNER)

    assert list_memberships(user.pk) == ()


def test_engineer_grants_nothing() -> None:
    _, engineer = make_member(Role.ENGINEER)

    with pytest.raises(RoleRefusedError):
        grant_role(engineer, make_user().pk, Role.ENGINEER)


def test_ended_member_is_gone_and_can_come_back() -> None:
    _, owner = make_member()
    user = make_user()
    membership = grant_role(owner, user.pk, Role.ENGINEER)

    end_membership(owner, membership, reason="퇴사")
    gone = find_actor(user.pk)
    again = grant_role(owner, user.pk, Role.ENGINEER)

    assert gone is None
    assert again == membership
    assert find_actor(user.pk) is not None
    ended = AuditEntry.objects.get(action="organisations:membership:ended")
    assert (ended.reason, ended.old) == ("퇴사", {"user": user.pk, "role": "engineer"})


@pytest.mark.parametrize("role", [Role.OWNER, Role.OPERATOR])
def test_last_one_responsible_stays(role: str) -> None:
    user, actor = make_member(role)
    mine = Membership.objects.get()

    with pytest.raises(LastOwnerError):
        end_membership(actor, mine.pk)
    other = grant_role(actor, make_user().pk, role)
    end_membership(actor, mine.pk)

    assert [m.id for m in list_members(actor.own_organisation_id)] == [other]
    assert find_actor(user.pk) is None


def test_engineer_may_leave_but_not_end_another() -> None:
    _, owner = make_member()
    user = make_user()
    own = grant_role(owner, user.pk, Role.ENGINEER)
    other = grant_role(owner, make_user().pk, Role.ENGINEER)
    engineer = actor_of(own)

    with pytest.raises(RoleRefusedError):
        end_membership(engineer, other)
    end_membership(engineer, own)

    assert Membership.objects.get(pk=other).ended_at is None
    assert Membership.objects.get(pk=own).ended_at is not None


def test_another_organisations_membership_does_not_exist() -> None:
    _, owner = make_member()
    _, stranger = make_member()
    membership = grant_role(stranger, make_user().pk, Role.ENGINEER)

    with pytest.raises(Membership.DoesNotExist):
        end_membership(owner, membership)


def test_switching_changes_the_session_key_and_leaves_an_audit_row() -> None:
    from django.contrib.sessions.backends.db import SessionStore

    user, _ = make_member()
    _, operator = make_member(Role.OPERATOR, user=user)
    chosen = Membership.objects.get(role=Role.OPERATOR)
    request = RequestFactory().post("/")
    request.user, request.session = user, SessionStore()
    request.session.create()
    key = request.session.session_key

    actor = switch_role(request, chosen.pk)

    assert actor == operator
    assert request.session.session_key != key
    assert AuditEntry.objects.get(action="organisations:role:switched").new["role"] == "operator"


def test_nobody_switches_to_another_persons_membership() -> None:
    user, _ = make_member()
    make_member(Role.OPERATOR)
    theirs = Membership.objects.get(role=Role.OPERATOR)
    request = RequestFactory().post("/")
    request.user = user

    with pytest.raises(Membership.DoesNotExist):
        switch_role(request, theirs.pk)


def test_closed_organisation_keeps_its_data_and_nobody_acts_in_it() -> None:
    user, owner = make_member()
    _, engineer = make_member(
        Role.ENGINEER, organisation=Organisation.objects.get(pk=owner.organisation_id)
    )

    with pytest.raises(RoleRefusedError):
        close_organisation(engineer, reason="폐업")
    close_organisation(owner, reason="폐업")

    assert get_organisation(owner.own_organisation_id).is_closed
    assert find_actor(user.pk) is None
    assert list_user_ids(owner.own_organisation_id) == ()


def test_people_to_notify_are_counted_once() -> None:
    user, owner = make_member()
    grant_role(owner, user.pk, Role.ENGINEER)
    other = make_user()
    grant_role(owner, other.pk, Role.ENGINEER)
    org = owner.own_organisation_id

    assert list_user_ids(org) == tuple(sorted((user.pk, other.pk)))
    assert list_user_ids(org, role=Role.OWNER) == (user.pk,)


def test_unknown_role_and_unlisted_permission_are_refused() -> None:
    assert not is_granted("nobody", "registry:workplace:view")
    assert not is_granted(Role.ENGINEER, "organisations:member:invite")
    assert not is_granted(Role.OPERATOR, "support:application:submit")
    assert set(GRANTS) == set(Role)


def test_agency_is_founded_once() -> None:
    first, again = found_agency("운영기관"), found_agency("운영기관")

    assert first == again
    assert Organisation.objects.get().kind == "agency"


def test_operator_is_invited_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite_operator", "Lee@agency.kr")

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("lee@agency.kr", "operator")
    assert "/accounts/invitations/" in capsys.readouterr().out


def test_command_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError, match="전자우편 주소가 아닙니다"):
        call_command("invite_operator", "not-an-address")

    assert Organisation.objects.count() == 0


def test_command_says_when_the_operator_is_a_member_already() -> None:
    agency = make_organisation("운영기관", kind=Organisation.Kind.AGENCY)
    user, _ = make_member(Role.OPERATOR, organisation=agency)

    with pytest.raises(CommandError, match="이미 같은 역할"):
        call_command("invite_operator", user.email)
