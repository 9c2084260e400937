"""`manage.py invite_operator`: let someone in who runs the programme. No page can do this."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from dure.foundation.organisations.actions import found_agency
from dure.foundation.organisations.errors import AlreadyMemberError
from dure.foundation.organisations.invitations import invite_member
from dure.foundation.organisations.roles import Role

AGENCY = "운영기관"


class Command(BaseCommand):
    help = "Invite an operator by e-mail; founds the agency when it is new. Prints the link once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--agency", default=AGENCY, help=f"the agency's name ({AGENCY})")

    def handle(self, *, email: str, agency: str, **_options: Any) -> None:  # noqa: ANN401 - Django's own options
        try:
            validate_email(email)
            sent = invite_member(found_agency(agency), email, Role.OPERATOR)
        except ValidationError as error:
            raise CommandError(f"전자우편 주소가 아닙니다: {email}") from error
        except AlreadyMemberError as error:
            raise CommandError(f"{error.text} {error.remedy}") from error
        self.stdout.write(sent.link)
        if not sent.is_mailed:
            self.stderr.write("초대 편지를 보내지 못했습니다. 위 주소를 직접 전해 주세요.")
