"""Old addresses that lead to what stands here now: what may enter the table, and lists of them as files."""

from bulletins.old_addresses.book import MOST_PATTERNS, Book, Fault
from bulletins.old_addresses.files import MOST_BYTES, MOST_LINES, NoList, to_csv
from bulletins.old_addresses.importing import Plan, plan

__all__ = ["MOST_BYTES", "MOST_LINES", "MOST_PATTERNS", "Book", "Fault", "NoList", "Plan", "plan", "to_csv"]
