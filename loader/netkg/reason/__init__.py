"""Reasoning: claims become edges, axioms become rules, and rules run to their fixpoint."""
