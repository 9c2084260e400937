"""The forty invented firms of the example nation.

Their business numbers begin with 000-00, which no tax office gives.
"""

from dataclasses import dataclass

from dure.kernel.business_number import business_check_digit

MARK = "(예시)"
_EOK = 100_000_000


@dataclass(frozen=True, slots=True)
class ExampleFirm:
    """A small firm with one workplace; sales in whole won a year."""

    number: int
    name: str
    place: str
    province: str
    ksic: str
    employees: int
    annual_sales_krw: int

    @property
    def email(self) -> str:
        """The owner's address; nobody can sign in with it."""
        return f"firm{self.number:02d}@example.kr"

    @property
    def representative(self) -> str:
        """An invented name that says so."""
        return f"{'김이박최정강조윤장임'[self.number % 10]}예시"

    @property
    def business_number(self) -> str:
        """Ten digits with a right check digit, outside what is ever issued."""
        return example_business_number(self.number)


def example_business_number(number: int) -> str:
    """A valid-looking number in the never-issued range 000-00-…."""
    first_nine = f"{number:09d}"
    return f"{first_nine}{business_check_digit(first_nine)}"


_ROWS = """
다온식품|익산공장|jeonbuk|10|42|68
새벽두부|횡성공장|gangwon|10|17|21
바다담은김|완도공장|jeonnam|10|23|35
달빛제과|대전공장|daejeon|10|58|92
한들음료|음성공장|chungbuk|11|36|74
청실방적|대구공장|daegu|13|64|88
고운염색|안산공장|gyeonggi|13|39|47
늘봄의류|서울공장|seoul|14|21|26
가온가죽|부산공장|busan|15|14|12
참나무목재|영주공장|gyeongbuk|16|19|24
물빛제지|천안공장|chungnam|17|73|156
바른인쇄|파주공장|gyeonggi|18|28|31
푸른화학|여수공장|jeonnam|20|45|143
온누리도료|김해공장|gyeongnam|20|33|58
맑은소재|울산공장|ulsan|20|51|127
하늘제약소재|청주공장|chungbuk|21|48|96
미래사출|시흥공장|gyeonggi|22|34|52
두리고무|양산공장|gyeongnam|22|41|63
새길플라스틱|화성공장|gyeonggi|22|27|38
해솔세라믹|이천공장|gyeonggi|23|25|29
돌담콘크리트|제주공장|jeju|23|18|33
빛고을주조|광주공장|gwangju|24|37|71
동해주강|포항공장|gyeongbuk|24|66|182
우리다이캐스팅|인천공장|incheon|24|44|79
정밀금형한길|부천공장|gyeonggi|25|22|34
대들보금속|창원공장|gyeongnam|25|53|84
반듯한판금|경산공장|gyeongbuk|25|26|36
나래열처리|반월공장|gyeonggi|25|31|44
맞춤표면처리|부산공장|busan|25|16|15
가람전자|구미공장|gyeongbuk|26|87|214
소리샘음향|성남공장|gyeonggi|26|24|41
바로센서|대전공장|daejeon|27|29|46
고른의료기|원주공장|gangwon|27|38|57
번개전선|당진공장|chungnam|28|62|168
한결모터|대구공장|daegu|28|46|77
든든기계|창원공장|gyeongnam|29|55|99
느티펌프|김포공장|gyeonggi|29|32|49
큰길부품|울산공장|ulsan|30|94|251
세종모듈|세종공장|sejong|30|49|112
아늑가구|광주시공장|gyeonggi|32|20|23
"""


def list_firms() -> tuple[ExampleFirm, ...]:
    """All of them, numbered from 2 (number 1 is the example factory's)."""
    rows = (line.split("|") for line in _ROWS.strip().splitlines())
    return tuple(
        ExampleFirm(
            number=number,
            name=f"{name}{MARK}",
            place=place,
            province=province,
            ksic=ksic,
            employees=int(employees),
            annual_sales_krw=int(sales) * _EOK,
        )
        for number, (name, place, province, ksic, employees, sales) in enumerate(rows, start=2)
    )
