"""One file a check. A check is a pure function from a subject, and what is around it, to findings."""
