"""The log: what is entered in it, whether it is whole, and how it is taken out."""
