"""Write `data/` anew: ``python -m tests.sources``."""

from tests.sources import DATA
from tests.sources.building import build

if __name__ == "__main__":
    build(DATA)
