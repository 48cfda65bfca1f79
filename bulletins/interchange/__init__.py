"""What other machines read: feeds, and the open interface. Like the public site, it reads the public tables only."""
