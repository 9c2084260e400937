"""Korean forms of dates and numbers; Django's own put 오후 after the hour."""

DATE_FORMAT = "Y.m.d.(D)"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y.m.d.(D) H:i"
SHORT_DATE_FORMAT = "Y.m.d."
SHORT_DATETIME_FORMAT = "Y.m.d. H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y.%m.%d.", "%Y.%m.%d", "%Y%m%d"]
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
