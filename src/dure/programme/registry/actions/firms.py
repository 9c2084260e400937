"""Registering a firm and its workplaces, and correcting them."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.foundation.organisations.actions import create_organisation
from dure.foundation.organisations.models import Organisation
from dure.kernel.instants import today_kst
from dure.kernel.text import Text
from dure.programme.registry.checks import firm_values, workplace_values
from dure.programme.registry.details import FirmDetails, WorkplaceDetails
from dure.programme.registry.errors import AlreadyRegisteredError
from dure.programme.registry.models import Firm, Workplace
from dure.programme.registry.scope import own_firm, own_workplace


def open_firm(
    user_id: int, firm: FirmDetails, workplace: WorkplaceDetails, *, is_example: bool = False
) -> int:
    """Make a newly signed-up person the owner of a new firm with its first workplace.

    Returns the workplace's id. Nothing is kept when any part is refused.

    Raises:
        FieldRefusedError: a value is refused.
        AlreadyRegisteredError: another account registered the number before.
    """
    with transaction.atomic():
        values = firm_values(firm)
        _refuse_known_firm(str(values["business_number"]))
        actor = create_organisation(
            user_id, name=firm.name, kind=Organisation.Kind.FIRM, is_example=is_example
        )
        register_firm(actor, firm)
        return register_workplace(actor, workplace)


def register_firm(actor: Actor, details: FirmDetails) -> int:
    """Register the firm of the actor's organisation.

    Raises:
        FieldRefusedError: a value is refused.
        AlreadyRegisteredError: the number, or a firm for this organisation, exists.
    """
    values = firm_values(details)
    with recorded(actor, "registry:firm:registered") as write:
        if Firm.objects.filter(organisation_id=actor.own_organisation_id).exists():
            raise AlreadyRegisteredError("name", Text("이 계정의 기업은 이미 등록되어 있습니다."))
        _refuse_known_firm(str(values["business_number"]))
        firm = Firm.objects.create(organisation_id=actor.own_organisation_id, **values)
        write.subject(firm, organisation_id=actor.organisation_id, new=values)
    return firm.pk


def update_firm(actor: Actor, details: FirmDetails) -> None:
    """Correct the firm of the actor's organisation.

    Raises:
        Firm.DoesNotExist: none is registered.
        FieldRefusedError: a value is refused, or the number is another firm's.
    """
    values = firm_values(details)
    with recorded(actor, "registry:firm:updated") as write:
        firm = own_firm(actor)
        if values["business_number"] != firm.business_number:
            _refuse_known_firm(str(values["business_number"]))
        old = _changed(firm, values)
        firm.save()
        write.subject(
            firm, organisation_id=actor.organisation_id, old=old, new={k: values[k] for k in old}
        )


def register_workplace(actor: Actor, details: WorkplaceDetails) -> int:
    """Register one more workplace of the actor's firm.

    Raises:
        Firm.DoesNotExist: the firm is not registered.
        FieldRefusedError: a value is refused.
        AlreadyRegisteredError: the business and branch number are taken.
    """
    with recorded(actor, "registry:workplace:registered") as write:
        firm = own_firm(actor)
        values = workplace_values(details, firm, today_kst(timezone.now()))
        _refuse_known_workplace(values)
        workplace = Workplace.objects.create(firm=firm, **values)
        write.subject(workplace, organisation_id=actor.organisation_id, new=values)
    return workplace.pk


def update_workplace(actor: Actor, workplace_id: int, details: WorkplaceDetails) -> None:
    """Correct a workplace of the actor's firm; raises as `register_workplace` does."""
    with recorded(actor, "registry:workplace:updated") as write:
        workplace = own_workplace(actor, workplace_id)
        values = workplace_values(details, workplace.firm, today_kst(timezone.now()))
        _refuse_known_workplace(values, but=workplace_id)
        old = _changed(workplace, values)
        workplace.save()
        write.subject(
            workplace,
            organisation_id=actor.organisation_id,
            old=old,
            new={key: values[key] for key in old},
        )


def _changed(instance: Firm | Workplace, values: dict[str, Any]) -> dict[str, Any]:
    """Set `values` on the instance and return what the differing ones were."""
    old = {
        key: getattr(instance, key)
        for key, value in values.items()
        if getattr(instance, key) != value
    }
    for key, value in values.items():
        setattr(instance, key, value)
    return old


def _refuse_known_firm(business_number: str) -> None:
    if Firm.objects.filter(business_number=business_number).exists():
        raise AlreadyRegisteredError(
            "business_number",
            Text("이미 등록된 사업자등록번호입니다."),
            Text("회사에서 먼저 가입한 분에게 '구성원 초대'를 요청해 주세요."),
        )


def _refuse_known_workplace(values: dict[str, object], *, but: int | None = None) -> None:
    known = Workplace.objects.filter(
        business_number=values["business_number"], branch_number=values["branch_number"]
    )
    if known.exclude(pk=but or 0).exists():
        raise AlreadyRegisteredError(
            "branch_number",
            Text("같은 사업자등록번호와 종사업장번호의 사업장이 이미 등록되어 있습니다."),
            Text("종사업장번호(4자리)로 사업장을 구분해 주세요."),
        )
