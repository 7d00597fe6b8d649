"""Room two: figures are put into words. Programs become a draft; no package is used here."""
