"""Stores: embedded (pyoxigraph) or remote (any SPARQL 1.1 server), behind one interface.

The engines are imported late: a warm answer needs the embedded one alone.
"""
