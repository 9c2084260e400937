"""Forms about a firm, a workplace and the people to call."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dure.kernel.business_number import BusinessNumber, CorporateNumber
from dure.kernel.errors import DureError
from dure.programme.registry import queries
from dure.programme.registry.details import ContactDetails, FirmDetails, WorkplaceDetails
from dure.programme.registry.queries import FirmView, WorkplaceView, duty_choices
from dure.web import words
from dure.web.factory.industry_field import IndustryForm
from dure.web.factory.own import said
from dure.web.won_field import WonField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


class NumberedField(forms.CharField):
    """A business or corporate number in any hyphenation, refused when its check digit is wrong."""

    def __init__(
        self,
        kind: type[BusinessNumber | CorporateNumber],
        **kwargs: Any,  # noqa: ANN401 - forwarded to Django's field
    ) -> None:
        super().__init__(max_length=20, **kwargs)
        self.kind = kind
        self.widget.attrs.update(_NUMBER)

    def clean(self, value: Any) -> str:  # noqa: ANN401 - raw form data
        """The digits, or an empty text where none were asked for or told."""
        written = str(super().clean(value))
        if not written:
            return ""
        try:
            return self.kind.parse(written).digits
        except DureError as error:
            # The label stands before every message already.
            named = f"{words.said(error.text.params.get('what'))}: "
            raise ValidationError(said(error).removeprefix(named), code="number") from error


class FirmForm(forms.Form):
    """The firm as its registration certificate says."""

    firm_name = forms.CharField(label=lazy("기업명"), max_length=120)
    business_number = NumberedField(
        BusinessNumber,
        label=lazy("사업자등록번호"),
        help_text=lazy("사업자등록증에 적힌 10자리 숫자입니다. 예: 123-45-67891"),
    )
    corporate_number = NumberedField(
        CorporateNumber,
        label=lazy("법인등록번호"),
        required=False,
        help_text=lazy("법인만 13자리 숫자를 적어 주세요. 개인사업자는 비워 두세요."),
    )
    representative = forms.CharField(label=lazy("대표자 이름"), max_length=60, required=False)
    employees = forms.IntegerField(
        label=lazy("상시 근로자 수"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=lazy("지난해 월평균 인원입니다. 모르면 비워 두고 나중에 적어도 됩니다."),
        widget=forms.NumberInput(attrs={"class": "is-short is-number"}),
    )
    annual_sales_krw = WonField(
        label=lazy("연 매출액"),
        required=False,
        help_text=lazy("최근 3년 평균입니다. ‘12억’이나 ‘1,200,000,000’처럼 적어 주세요."),
    )

    def firm_details(self) -> FirmDetails:
        """What was typed, for the registry's actions."""
        data = self.cleaned_data
        return FirmDetails(
            name=data["firm_name"],
            business_number=data["business_number"],
            corporate_number=data["corporate_number"],
            representative=data["representative"],
            employees=data["employees"],
            annual_sales_krw=data["annual_sales_krw"],
        )

    @staticmethod
    def initial_of(firm: FirmView) -> dict[str, Any]:
        """The form filled in from the registered firm."""
        corporate = firm.corporate_number
        return {
            "firm_name": firm.name,
            "business_number": firm.business_number_text,
            "corporate_number": CorporateNumber(corporate).formatted if corporate else "",
            "representative": firm.representative,
            "employees": firm.employees,
            "annual_sales_krw": firm.annual_sales_krw,
        }


class PlaceForm(IndustryForm):
    """Where a workplace is and what it makes."""

    branch_number = forms.CharField(
        label=lazy("종사업장번호"),
        max_length=4,
        required=False,
        help_text=lazy("한 사업자번호로 공장이 여럿일 때만 4자리 번호를 적어 주세요. 예: 0001"),
        widget=forms.TextInput(attrs=_NUMBER | {"class": "is-short"}),
    )
    province = forms.ChoiceField(label=lazy("공장이 있는 시도"))
    programme_region = forms.ChoiceField(
        label=lazy("수행 지역"),
        required=False,
        help_text=lazy("담당 기관이 둘 이상인 시도만 골라 주세요. 다른 시도는 저절로 정해집니다."),
    )
    address = forms.CharField(
        label=lazy("공장 주소"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - forwarded to Django's form
        super().__init__(*args, **kwargs)
        province, region = self.fields["province"], self.fields["programme_region"]
        if isinstance(province, forms.ChoiceField) and isinstance(region, forms.ChoiceField):
            province.choices = [("", _("골라 주세요")), *queries.province_choices()]
            regions = queries.programme_region_choices()
            region.choices = [("", _("시도에 따라 정하기")), *regions]

    def place_details(self, name: str, **more: str) -> WorkplaceDetails:
        """What was typed, for the registry's actions."""
        data = self.cleaned_data
        return WorkplaceDetails(
            name=name,
            ksic=data["ksic"],
            province=data["province"],
            programme_region=data["programme_region"],
            branch_number=data["branch_number"],
            address=data["address"],
            **more,
        )


class RegistrationForm(FirmForm, PlaceForm):
    """Everything needed to begin, on one page: the firm and its first workplace."""

    workplace_name = forms.CharField(
        label=lazy("사업장(공장) 이름"),
        max_length=120,
        help_text=lazy("평소 부르는 이름이면 됩니다. 예: 제1공장"),
    )
    field_order = (
        "firm_name",
        "business_number",
        "corporate_number",
        "representative",
        "workplace_name",
        "branch_number",
        "trade_words",
        "ksic",
        "province",
        "programme_region",
        "address",
        "employees",
        "annual_sales_krw",
    )

    def workplace_details(self) -> WorkplaceDetails:
        """The first workplace; it carries the firm's own business number."""
        return self.place_details(self.cleaned_data["workplace_name"])


class WorkplaceForm(PlaceForm):
    """A workplace; its own business number only where it differs from the firm's."""

    name = forms.CharField(
        label=lazy("사업장(공장) 이름"),
        max_length=120,
        help_text=lazy("평소 부르는 이름이면 됩니다. 예: 제2공장"),
    )
    business_number = NumberedField(
        BusinessNumber,
        label=lazy("이 공장의 사업자등록번호"),
        required=False,
        help_text=lazy("기업의 번호와 같으면 비워 두세요."),
    )
    planned_site = forms.CharField(
        label=lazy("구축 예정지"),
        max_length=200,
        required=False,
        help_text=lazy("시스템을 다른 곳에 구축할 때만 적어 주세요."),
    )
    field_order = ("name", "business_number", "branch_number", "trade_words", "ksic")

    def workplace_details(self) -> WorkplaceDetails:
        """What was typed, for the registry's actions."""
        data = self.cleaned_data
        return self.place_details(
            data["name"],
            business_number=data["business_number"],
            planned_site=data["planned_site"],
        )

    @staticmethod
    def initial_of(workplace: WorkplaceView, firm: FirmView | None) -> dict[str, Any]:
        """The form filled in from the registered workplace."""
        differs = firm is None or workplace.business_number != firm.business_number
        several = {key for _, regions in queries.programme_region_choices() for key, _ in regions}
        region = workplace.programme_region
        return {
            "name": workplace.name,
            "business_number": workplace.business_number_text if differs else "",
            "branch_number": workplace.branch_number,
            "ksic": workplace.ksic,
            "province": workplace.province,
            "programme_region": region if region in several else "",
            "address": workplace.address,
            "planned_site": workplace.planned_site,
        }


class ContactForm(forms.Form):
    """A person to call about the workplace."""

    name = forms.CharField(label=lazy("이름"), max_length=60)
    duty = forms.ChoiceField(label=lazy("담당 업무"))
    phone = forms.CharField(
        label=lazy("전화번호"),
        max_length=20,
        required=False,
        help_text=lazy("전화번호나 전자우편 가운데 하나는 적어 주세요."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=lazy("전자우편"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - forwarded to Django's form
        super().__init__(*args, **kwargs)
        duty = self.fields["duty"]
        if isinstance(duty, forms.ChoiceField):
            duty.choices = [("", _("골라 주세요")), *duty_choices()]

    def details(self) -> ContactDetails:
        """What was typed, for the registry's actions."""
        return ContactDetails(**self.cleaned_data)
