"""People to call about a workplace."""

from dataclasses import asdict

from dure.foundation.audit.actor import Actor
from dure.foundation.audit.record import recorded
from dure.kernel.text import Text
from dure.programme.registry.checks import required
from dure.programme.registry.details import ContactDetails
from dure.programme.registry.errors import AlreadyRegisteredError, FieldRefusedError
from dure.programme.registry.models import Contact
from dure.programme.registry.scope import own_workplace


def add_contact(actor: Actor, workplace_id: int, details: ContactDetails) -> int:
    """Add a person to call.

    Raises:
        Workplace.DoesNotExist: not the actor's.
        FieldRefusedError: no name, an unknown duty, or the same person twice.
    """
    with recorded(actor, "registry:contact:added") as write:
        workplace = own_workplace(actor, workplace_id)
        name = required("name", details.name, Text("이름을 입력해 주세요."))
        if details.duty not in Contact.Duty.values:
            raise FieldRefusedError("duty", Text("담당 업무를 골라 주세요."))
        if not (details.phone.strip() or details.email.strip()):
            raise FieldRefusedError("phone", Text("전화번호나 전자우편 중 하나를 입력해 주세요."))
        if workplace.contacts.filter(name=name, duty=details.duty).exists():
            raise AlreadyRegisteredError("name", Text("이미 등록된 담당자입니다."))
        values = asdict(details) | {"name": name}
        contact = Contact.objects.create(workplace=workplace, **values)
        write.subject(contact, organisation_id=actor.organisation_id, new=values)
    return contact.pk


def remove_contact(actor: Actor, contact_id: int) -> None:
    """Remove a person to call. Raises `Contact.DoesNotExist`."""
    with recorded(actor, "registry:contact:removed") as write:
        contact = Contact.objects.get(
            pk=contact_id, workplace__firm__organisation_id=actor.own_organisation_id
        )
        old = {"name": contact.name, "duty": contact.duty}
        write.subject(contact, organisation_id=actor.organisation_id, old=old)
        contact.delete()
