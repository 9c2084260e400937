"""Units of measurement as factories write them in headers."""

_LISTED = (
    "°C ℃ °F ℉ K C degC bar mbar Pa kPa MPa hPa psi kgf kgf/cm² kgf/cm2 kg/cm2 kg/cm² torr mmHg",
    "mmH2O mm cm m km μm um µm nm inch mm/s mm/min m/s m/min m/h km/h mm/s2 m/s2 m/s² g G mG",
    "s sec ms us μs µs ns min h hr hour hours day days 초 분 시간 일 회 개 건 매 EA ea PCS pcs",
    "대 명 톤 원 kg mg ton t N kN Nm N·m N.m kN·m kgf·m L l mL ml m3 m³ cc l/min L/min L/h m3/h",
    "m³/h m3/min LPM lpm V kV mV A mA kA W kW KW MW kWh KWh MWh Wh kVA kVar kVAR kVarh kVARh",
    "VA VAR Hz kHz MHz rpm RPM r/min % %RH RH ppm ppb pH dB dBA lux lx Ω ohm kΩ MΩ S/m mS/cm μS/cm",
    "uS/cm tCO2 kgCO2 J kJ MJ kcal cal deg ° rad spm SPM cycle shot shots won KRW",
)
UNITS = frozenset(unit for line in _LISTED for unit in line.split(" "))

# Behind an underscore or a space these are words more often than units (`Uptime_Hours` is read
# whole), and a single letter is an axis or a phase.
_IN_BRACKETS = "min hour hours day days cycle shot shots sec won 시간 rad deg ton cal pH inch ea EA"
SUFFIX_UNITS = frozenset(unit for unit in UNITS if len(unit) > 1 or unit in "%°℃")
SUFFIX_UNITS -= frozenset(_IN_BRACKETS.split())
