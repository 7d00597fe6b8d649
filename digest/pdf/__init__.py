"""Room five: pages become a file. The only room with reportlab."""
