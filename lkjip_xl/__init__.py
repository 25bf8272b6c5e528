"""lkjip-xl: the yearly performance report (LKjIP) as a workbook that computes and checks itself."""

__version__ = "0.1.0"
