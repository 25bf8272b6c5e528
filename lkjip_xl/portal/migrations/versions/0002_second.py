"""A second factor of accounts, and which account an event is about."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; no account has a second factor yet."""
    op.add_column("account", sa.Column("second", sa.Text(), nullable=True))
    op.add_column("account", sa.Column("second_step", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("event", sa.Column("about_account", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_event_about_account"), "event", ["about_account"], unique=False)
