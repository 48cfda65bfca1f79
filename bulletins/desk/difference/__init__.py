"""What changed between two versions, as somebody who judged the first would want to see it."""

from bulletins.desk.difference.letters import GONE, NEW, SAME, Piece, characters
from bulletins.desk.difference.lines import Line
from bulletins.desk.difference.parts import Difference, between

__all__ = ["GONE", "NEW", "SAME", "Difference", "Line", "Piece", "between", "characters"]
