"""Share the access tokens of platforms between processes."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Utc

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "platform_tokens",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("good_until", Utc(), nullable=True),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("leased_until", Utc(), nullable=True),
        sa.Column("forced_at", Utc(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_platform_tokens")),
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table("platform_tokens")
