"""Kinds of charts: each file turns one value of `story/charts.py` into a Plotly figure and into words."""
