"""``python -m lkjip_xl`` is the same as the command ``lkjip-xl``."""

from lkjip_xl.cli.app import run

run()
