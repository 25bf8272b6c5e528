"""The formula language: one meaning, carried out by Excel and by polars.

An operand that is blank or of the wrong type gives a blank result, and so does division by zero. ``AND`` and ``OR``
decide with what is known (FALSE decides AND, TRUE decides OR). Text compares without case, numbers on 15 significant
digits; ``ROUND`` rounds half away from zero on those digits.
"""
