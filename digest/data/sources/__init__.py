"""Sources: whatever an office keeps its figures in becomes grids (数据来源): files of many kinds, frames, queries."""
