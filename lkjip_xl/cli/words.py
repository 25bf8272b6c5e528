"""The command line's own words in Indonesian: help texts and usage errors that typer would write in English."""

from __future__ import annotations

import re

from typer._click import Context, Parameter  # typer carries its own click; its version is pinned for that
from typer._click import exceptions as usage
from typer._click.exceptions import ClickException as UsageError
from typer._click.exceptions import NoArgsIsHelpError
from typer.core import TyperCommand, TyperGroup

__all__ = ["Command", "Group", "NoArgsIsHelpError", "UsageError", "translated", "usage_message"]

_WORDS = {
    r"^Usage:": "Pemakaian:",
    r"^Options:": "Pilihan:",
    r"^Arguments:": "Argumen:",
    r"^Commands:": "Perintah:",
    r"\[OPTIONS\]": "[PILIHAN]",
    r"COMMAND \[ARGS\]": "PERINTAH [ARGUMEN]",
    r"\[required\]": "[wajib]",
    r"\[default: ": "[bawaan: ",
    r"Show this message and exit\.": "Tampilkan bantuan ini.",
    r"Install completion for the current shell\.": "Pasang pelengkap perintah untuk shell ini.",
    r"Show completion for the current shell, to copy it or\s+customize the installation\.": (
        "Tampilkan pelengkap perintah untuk disalin."
    ),
}


def translated(text: str) -> str:
    """Return a help text with its fixed English words in Indonesian."""
    for english, indonesian in _WORDS.items():
        text = re.sub(english, indonesian, text, flags=re.MULTILINE)
    return text


class Command(TyperCommand):
    """A command whose help is in Indonesian."""

    def get_help(self, ctx: Context) -> str:
        """Return the help text."""
        return translated(super().get_help(ctx))


class Group(TyperGroup):
    """The group of commands, whose help is in Indonesian."""

    def get_help(self, ctx: Context) -> str:
        """Return the help text."""
        return translated(super().get_help(ctx))


def _named(parameter: Parameter) -> str:
    """Return an option as it is typed, or what stands for an argument in the help."""
    option = parameter.param_type_name == "option"
    return parameter.opts[-1] if option else str(parameter.metavar or parameter.name)


def usage_message(error: UsageError) -> str:
    """Return what is wrong with the arguments, as one sentence."""
    match error:
        case usage.MissingParameter(param=parameter) if parameter is not None:
            name = _named(parameter)
            return f"{name} wajib diisi"
        case usage.NoSuchOption(option_name=name):
            return f"pilihan {name} tidak dikenal"
        case usage.BadOptionUsage(option_name=name):
            return f"pilihan {name} tidak dipakai dengan benar"
        case usage.BadParameter(param=parameter) if parameter is not None:
            name = _named(parameter)
            return f"nilai untuk {name} tidak sesuai"
    text = error.format_message()
    unknown = re.fullmatch(r"No such command '(.*)'\.(?: .*)?", text, re.DOTALL)
    if unknown:
        return f"perintah {unknown[1]} tidak ada"
    if text.startswith("Got unexpected extra argument"):
        return "ada argumen berlebih" + text[text.find(" (") :]
    return text
