"""The proof of a withdrawal: the site is asked for what was withdrawn, wherever it could still stand.

`order` writes down that it is to be done, in the transaction of the withdrawal; the task worker does it after the commit,
by `prove_due`. It changes nothing but its own record, so it can be repeated at any time.
"""

from bulletins.proof.proving import WITHDRAWING, order, order_again, prove, prove_due

__all__ = ["WITHDRAWING", "order", "order_again", "prove", "prove_due"]
