"""A small world wide web on loopback: sites of many kinds, made from a seed, and traps for crawlers."""
