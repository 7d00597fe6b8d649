"""The lint of wording (行文检查): what an editor would mark in red, by rules R1–R22."""
