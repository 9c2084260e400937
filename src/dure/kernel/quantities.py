"""How a measured value is written: as many digits as mean something, its unit behind."""


def number_text(value: float) -> str:
    """A measured value with at most six significant digits and thousands commas.

    >>> number_text(209.0), number_text(1234567.891), number_text(0.00012345), number_text(-3.25)
    ('209', '1,234,568', '0.00012345', '-3.25')
    """
    if value != 0 and not 1e-6 <= abs(value) < 1e15:
        return f"{value:.4g}"
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    leading = 0 if whole else _leading_zeros(value)
    text = f"{value:,.{max(0, 6 - whole) + leading}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_text(value: float) -> str:
    """A computed figure to be read at a glance: four significant digits, whole from 1,000.

    >>> figure_text(96.19571), figure_text(113.299), figure_text(12345.6), figure_text(0.0)
    ('96.2', '113.3', '12,346', '0')
    """
    return number_text(float(f"{value:.4g}")) if abs(value) < 1_000 else f"{value:,.0f}"


def quantity_text(value: float, unit: str) -> str:
    """A measured value with its unit; `%` and degrees follow without a space.

    >>> quantity_text(182.5, "°C"), quantity_text(3.0, "kgf/cm²"), quantity_text(7.0, "")
    ('182.5°C', '3 kgf/cm²', '7')
    """
    if not unit:
        return number_text(value)
    joint = "" if unit.startswith(("%", "°", "℃", "℉")) else " "
    return f"{number_text(value)}{joint}{unit}"


def _leading_zeros(value: float) -> int:
    digits = f"{abs(value):.12f}".partition(".")[2]
    return len(digits) - len(digits.lstrip("0")) if value else 0
