"""What kinds of charts share: how values are read, words and the room they take, axes, bars, lines, ends and keys.

Nothing here knows a kind, and nothing here or in `kinds/` knows an engine; those lie beside. Whoever draws a new kind
finds here how a value is read (`readings.py`), the sheet it is drawn on (`sheet.py`) and what its end says (`ends.py`).
"""
