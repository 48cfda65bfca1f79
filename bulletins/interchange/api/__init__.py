"""The open interface: read-only, for everybody, documented by the same table that its addresses are made from.

`endpoints.ENDPOINTS` is that table: a new question is one entry there.
"""
