"""Room four: things find their places. A story becomes pages; nothing is loaded, drawn or printed here."""
