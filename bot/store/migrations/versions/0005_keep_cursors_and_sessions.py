"""Keep how far each WeCom account has been read, and which messages customers took back."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Utc

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "cursors",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("cursor", sa.String(length=256), nullable=False),
        sa.Column("read_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_cursors")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recalled_at", Utc(), nullable=True))


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("recalled_at")

    op.drop_table("cursors")
