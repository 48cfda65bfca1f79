"""Who hears of what. A notice is written with what happened, in one transaction; messages leave the house later.

`tell` is for everybody who has something to tell; `told` tells of a line of history. The messages that go with them are
rows of `Delivery`, which the worker sends (`outbox`). Nobody is told of a story that this person may not read: that is
asked when the notice is written, and again when it is shown or sent.
"""

from bulletins.notices.telling import tell, told

__all__ = ["tell", "told"]
