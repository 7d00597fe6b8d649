"""The kinds of section a digest has, one file each."""
