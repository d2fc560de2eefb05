"""Keep more of preferences and complaints: whose taste, how strong, until when, where it stands; what is asked for."""

import sqlalchemy as sa
from alembic import op

from bot.domain.preferences import Strength
from bot.store.types import one_of

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the tables forward; what was heard before is the customer's own, plain and unbounded."""
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wants", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("preferences", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quote_start", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("quote_end", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("aspect", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("strength", one_of(Strength), server_default="plain", nullable=False))
        batch_op.add_column(sa.Column("subject", sa.String(length=80), server_default="customer", nullable=False))
        batch_op.add_column(sa.Column("time_limit", sa.String(length=80), server_default="", nullable=False))


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table("preferences", schema=None) as batch_op:
        for name in ("time_limit", "subject", "strength", "aspect", "quote_end", "quote_start"):
            batch_op.drop_column(name)

    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_column("wants")
