"""Room three: charts are drawn. The only room with plotly and kaleido."""
