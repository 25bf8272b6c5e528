"""Inputs to results, and rules on them."""
