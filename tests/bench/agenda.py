"""What a panel's agenda of 1,000 requests costs as .xlsx, against bare Python and against openpyxl alone.

Run ``python -m tests.bench.agenda [ROUNDS]``: it prints ratios and ends with 1 when the bar is missed.
"""

from __future__ import annotations

import sys

from tests.bench.ratios import medians, told

BAR = 42.0
ROUNDS = 7

SENCO = """
import gc
gc.disable()
from datetime import date
from senco.requests.kinds import Agenda, AgendaItem
from senco.requests.publish import agenda_bytes
items = tuple(
    AgendaItem(number=n, reference=f"R-{2 + n % 8}{'ABCDEFGH'[n % 8]}{2 + n % 7}K", urn=136756,
               school=f"School {n % 55}", cluster=f"CP{n % 5 + 1}", year_group=str(n % 11 + 1),
               needs=("SEMH", "SLCN"), sen_status="K", type="individual",
               cost_pence=900000 + n, asked_pence=300000 + n, urgent=n % 50 == 0, carried_over=False,
               submitted_on="2020-11-01", outcome="exceptional", level="confirm", votes="7-1-2", heard_on="2020-11-24",
               interests=("Overton Grange School (own school)",))
    for n in range(1, 1001)
)
agenda = Agenda("2020-12-08-PANEL", "Sutton", "2020-12-08T14:00", "2020-12-08T16:00", "Civic Offices", 1000, 10, items,
                (), "20-AAAA-BBBB-CCCC-DDDD")
assert len(agenda_bytes(agenda, made_on=date(2020, 11, 24))) > 20_000
gc.freeze()
"""

RAW = """
import io
import openpyxl
book = openpyxl.Workbook()
sheet = book.active
for n in range(1000):
    sheet.append([n, f"R-{n}", f"School {n % 55}", "8", "SEMH, SLCN", "K", "individual", 9000.0, 3000.0, "exceptional",
                  "Overton Grange School (own school)", None, None, None, None, None, None])
out = io.BytesIO()
book.save(out)
"""

PROGRAMS = {"bare Python": "pass", "openpyxl alone, unstyled": RAW, "senco": SENCO}


def main(rounds: int) -> int:
    """Measure, print the ratios, and give 1 when the bar is missed."""
    found = medians(PROGRAMS, rounds)
    return told(found, peer="openpyxl alone, unstyled", what="senco", bar=BAR, unit="1,000 rows")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
