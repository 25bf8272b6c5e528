"""Tells Alembic what it works on: the connection that it is given."""

from alembic import context

from lkjip_xl.portal.schema import meta

context.configure(
    connection=context.config.attributes["connection"], target_metadata=meta, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
