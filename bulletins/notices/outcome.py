"""What can become of a message that did not simply go."""


class NotSent(Exception):
    """It did not go, for this reason (one word): it is tried again."""


class Unsure(Exception):
    """It may have gone, and nobody can say (one word why): trying again could send it twice."""


class NotNeeded(Exception):
    """There is nobody left who may and wants to have it."""
