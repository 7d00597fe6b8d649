"""Room one: figures arrive. Files become programs; the only room that may use pandas."""
