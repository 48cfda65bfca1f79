"""Atom, RSS 2.0 and JSON Feed 1.1 of the site, of a unit with everything below it, and of a campaign."""
