"""Writes the graph as files that other programs read: `formats` lists them, `door` writes them."""
