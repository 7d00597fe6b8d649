"""Tabling: what the cells of a grid are (识表): title, unit, head, members, totals, notes, and the numbers between."""
