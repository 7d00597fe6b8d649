"""What kinds of charts share: values as they are read, words and the room they take, axes, bars, lines, ends and keys.

Nothing here knows a kind; `kinds/` knows nothing of engines, which lie beside it. Whoever draws a new kind finds here how
a value is read (`readings`), the sheet it is drawn on (`sheet`) and what its end says (`ends`).
"""
