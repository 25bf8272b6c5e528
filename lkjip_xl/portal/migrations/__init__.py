"""How the tables of a portal came to be what they are."""
