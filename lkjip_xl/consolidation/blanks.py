"""What the blank workbook of an agency of a registry begins with."""

from __future__ import annotations

from dataclasses import replace

from lkjip_xl.base.errors import LkjipError, SetupError
from lkjip_xl.consolidation.registry import Opd
from lkjip_xl.form.setups import Wanted, first_submission
from lkjip_xl.form.submission import Submission
from lkjip_xl.template.model import Template


def blank_of(opd: Opd, wanted: Wanted, template: Template) -> Submission:
    """Return it: what is ``wanted`` of all, and what the registry says of this one. Raises ``SetupError``."""
    own = replace(
        wanted,
        period=opd.period or wanted.period,
        modules=(*wanted.modules, *sorted(opd.modules)),
        code=opd.code,
        name=opd.name,
        fields=opd.fields or wanted.fields,
        deadline=opd.deadline or wanted.deadline,
        contact=opd.contact or wanted.contact,
    )
    try:
        return first_submission(template, own)
    except LkjipError as error:
        raise SetupError(f"OPD {opd.code}: {error}") from None
