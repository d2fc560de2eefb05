"""Run migrations inside a connection that ``bot.store.migrate`` hands over."""

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    user_module_prefix="",
    # Rasa's tracker store makes its own table; it is working memory, not profile.
    include_name=lambda name, kind, _parents: not (kind == "table" and name == "events"),
)
with context.begin_transaction():
    context.run_migrations()
